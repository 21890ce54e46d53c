/** Samplers of ComfyUI: their names tell where the settings of a run stand among unnamed values. */
const samplers = `euler euler_cfg_pp euler_ancestral euler_ancestral_cfg_pp heun heunpp2 exp_heun_2_x0
exp_heun_2_x0_sde dpm_2 dpm_2_ancestral lms dpm_fast dpm_adaptive dpmpp_2s_ancestral
dpmpp_2s_ancestral_cfg_pp dpmpp_sde dpmpp_sde_gpu dpmpp_2m dpmpp_2m_cfg_pp dpmpp_2m_sde dpmpp_2m_sde_gpu
dpmpp_2m_sde_heun dpmpp_2m_sde_heun_gpu dpmpp_3m_sde dpmpp_3m_sde_gpu ddpm lcm ipndm ipndm_v deis
res_multistep res_multistep_cfg_pp res_multistep_ancestral res_multistep_ancestral_cfg_pp
gradient_estimation gradient_estimation_cfg_pp er_sde seeds_2 seeds_3 sa_solver sa_solver_pece ddim uni_pc
uni_pc_bh2 res_2m res_2s res_3m res_3s rk_beta`.split(/\s+/);

const schedulers = `normal karras exponential sgm_uniform simple ddim_uniform beta linear_quadratic
kl_optimal beta57 bong_tangent align_your_steps gits turbo polyexponential laplace`.split(/\s+/);

const samplerNames: ReadonlySet<unknown> = new Set(samplers);
const schedulerNames: ReadonlySet<unknown> = new Set(schedulers);

/** Whether a value is the name of one of ComfyUI's samplers. */
export function isSamplerName(value: unknown): value is string {
  return samplerNames.has(value);
}

/** Whether a value is the name of one of ComfyUI's schedulers; Impact Pack and others add marked ones. */
export function isSchedulerName(value: unknown): value is string {
  return schedulerNames.has(value) || (typeof value === 'string' && /^(?:AYS|GITS|LTXV|OSS)\b/.test(value));
}
