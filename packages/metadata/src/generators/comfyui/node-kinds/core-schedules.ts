import type { NodeKind, NodeKinds } from './node-kind.ts';

/** A scheduler node whose class is the scheduler. */
function schedule(name: string, widgets: readonly string[]): NodeKind {
  const sigmas = {
    scheduler: { name },
    ...(widgets.includes('steps') && { steps: 'steps' }),
    ...(widgets.includes('denoise') && { denoise: 'denoise' }),
  };
  return { widgets, sigmas };
}

function algorithm(name: string, widgets: readonly string[]): NodeKind {
  return { widgets, algorithm: { name } };
}

/** Sigma schedules and sampler algorithms of ComfyUI itself. */
export const coreSchedules: NodeKinds = {
  BasicScheduler: {
    widgets: ['scheduler', 'steps', 'denoise'],
    sigmas: { steps: 'steps', scheduler: 'scheduler', denoise: 'denoise' },
  },
  KarrasScheduler: schedule('karras', ['steps', 'sigma_max', 'sigma_min', 'rho']),
  ExponentialScheduler: schedule('exponential', ['steps', 'sigma_max', 'sigma_min']),
  PolyexponentialScheduler: schedule('polyexponential', ['steps', 'sigma_max', 'sigma_min', 'rho']),
  LaplaceScheduler: schedule('laplace', ['steps', 'sigma_max', 'sigma_min', 'mu', 'beta']),
  VPScheduler: schedule('vp', ['steps', 'beta_d', 'beta_min', 'eps_s']),
  BetaSamplingScheduler: schedule('beta', ['steps', 'alpha', 'beta']),
  SDTurboScheduler: schedule('SDTurboScheduler', ['steps', 'denoise']),
  AlignYourStepsScheduler: schedule('AlignYourStepsScheduler', ['model_type', 'steps', 'denoise']),
  OptimalStepsScheduler: schedule('OptimalStepsScheduler', ['model_type', 'steps', 'denoise']),
  GITSScheduler: schedule('GITSScheduler', ['coeff', 'steps', 'denoise']),
  LTXVScheduler: schedule('LTXVScheduler', ['steps', 'max_shift', 'base_shift', 'stretch', 'terminal']),
  Flux2Scheduler: schedule('Flux2Scheduler', ['steps', 'width', 'height']),
  ManualSigmas: schedule('ManualSigmas', ['sigmas']),
  FlipSigmas: { widgets: [], propagates: ['sigmas'] },
  SetFirstSigma: { widgets: ['sigma'], propagates: ['sigmas'] },
  ExtendIntermediateSigmas: {
    widgets: ['steps', 'start_at_sigma', 'end_at_sigma', 'spacing'],
    propagates: ['sigmas'],
  },
  SplitSigmas: { widgets: ['step'], propagates: ['sigmas', 'sigmas'], splits: { at: 'step' } },
  SplitSigmasDenoise: {
    widgets: ['denoise'],
    propagates: ['sigmas', 'sigmas'],
    splits: { denoise: 'denoise' },
  },
  KSamplerSelect: { widgets: ['sampler_name'], algorithm: 'sampler_name' },
  SamplerEulerAncestral: algorithm('euler_ancestral', ['eta', 's_noise']),
  SamplerEulerAncestralCFGPP: algorithm('euler_ancestral_cfg_pp', ['eta', 's_noise']),
  SamplerEulerCFGpp: algorithm('euler_cfg_pp', ['version']),
  SamplerLMS: algorithm('lms', ['order']),
  SamplerDPMPP_2M_SDE: algorithm('dpmpp_2m_sde', ['solver_type', 'eta', 's_noise', 'noise_device']),
  SamplerDPMPP_2S_Ancestral: algorithm('dpmpp_2s_ancestral', ['eta', 's_noise']),
  SamplerDPMPP_3M_SDE: algorithm('dpmpp_3m_sde', ['eta', 's_noise', 'noise_device']),
  SamplerDPMPP_SDE: algorithm('dpmpp_sde', ['eta', 's_noise', 'r', 'noise_device']),
  SamplerDPMAdaptative: algorithm('dpm_adaptive', [
    'order',
    'rtol',
    'atol',
    'h_init',
    'pcoeff',
    'icoeff',
    'dcoeff',
    'accept_safety',
    'eta',
    's_noise',
  ]),
  SamplerER_SDE: algorithm('er_sde', ['solver_type', 'max_stage', 'eta', 's_noise']),
  SamplerSASolver: algorithm('sa_solver', []),
  SamplerSEEDS2: algorithm('seeds_2', []),
  SamplerLCMUpscale: algorithm('lcm_upscale', ['scale_ratio', 'scale_steps', 'upscale_method']),
};
