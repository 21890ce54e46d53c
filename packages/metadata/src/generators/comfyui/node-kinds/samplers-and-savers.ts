import { kSamplerInputs } from './k-sampler.ts';
import type { NodeKind, NodeKinds } from './node-kind.ts';

const settings = { ...kSamplerInputs, vae: 'vae' } as const;

function saves(prefix = 'filename_prefix'): NodeKind {
  return {
    output: { is: 'save', media: 'image', from: ['images'], prefix },
    propagates: ['images'],
  };
}

/** Samplers of other packs, most of which work on whole pictures, and savers. */
export const samplersAndSavers: NodeKinds = {
  UltimateSDUpscale: {
    widgets: ['upscale_by', 'seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
    propagates: ['image'],
    sampler: { ...settings, role: 'upscale', from: 'image', upscaleModel: 'upscale_model' },
    resize: { upscaleModel: 'upscale_model', by: 'upscale_by' },
  },
  UltimateSDUpscaleNoUpscale: {
    widgets: ['seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
    propagates: ['upscaled_image'],
    sampler: { ...settings, role: 'detailer', from: 'upscaled_image' },
  },
  SUPIR_sample: {
    propagates: ['latents'],
    sampler: {
      ...settings,
      role: 'upscale',
      from: 'latents',
      model: 'SUPIR_model',
      cfg: ['cfg_scale_end', 'cfg_scale'],
      sampler: 'sampler',
    },
  },
  XlabsSampler: {
    widgets: [
      'noise_seed',
      'steps',
      'timestep_to_start_cfg',
      'true_gs',
      'image_to_image_strength',
      'denoise_strength',
    ],
    propagates: ['latent_image'],
    sampler: {
      model: 'model',
      positive: 'conditioning',
      negative: 'neg_conditioning',
      seed: 'noise_seed',
      steps: 'steps',
      cfg: 'true_gs',
      denoise: 'denoise_strength',
    },
  },
  SaveImageExtended: saves(),
  SaveImagePlus: saves(),
  SaveImageWithMetaData: saves(),
  'Save Image w/Metadata': saves(),
  SDPromptSaver: saves(),
  SwarmSaveImageWS: saves(),
  'easy imageSave': saves(),
  'Image Saver': saves('filename'),
  'Image Saver Simple': saves('filename'),
  VHS_VideoCombine: {
    widgets: ['frame_rate', 'loop_count', 'filename_prefix', 'format', 'pingpong', 'save_output'],
    output: { is: 'save', media: 'video', from: ['images'], prefix: 'filename_prefix', fps: 'frame_rate' },
    propagates: ['images'],
  },
  VHS_LoadVideo: { records: { 'Source video': 'video' } },
};
