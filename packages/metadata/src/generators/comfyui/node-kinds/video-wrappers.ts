import type { AppliedLora, NodeKinds, ReadInput } from './node-kind.ts';
import { loraOf } from './applied-lora.ts';

function manyLoras(read: ReadInput): readonly AppliedLora[] {
  return [0, 1, 2, 3, 4].flatMap((index) => loraOf(read(`lora_${index}`), read(`strength_${index}`)));
}

const embeds = { width: 'width', height: 'height', frames: 'num_frames' } as const;

/** Video wrappers that have types of their own for everything: WanVideo, HunyuanVideo. */
export const videoWrappers: NodeKinds = {
  WanVideoModelLoader: {
    widgets: ['model', 'base_precision', 'quantization', 'load_device', 'attention_mode'],
    loader: { model: 'model' },
    loras: { applied: () => [], stack: 'lora' },
  },
  WanVideoLoraSelect: {
    widgets: ['lora', 'strength', 'low_mem_load'],
    loras: { applied: (read) => loraOf(read('lora'), read('strength')), stack: 'prev_lora' },
  },
  WanVideoLoraSelectMulti: {
    widgets: [0, 1, 2, 3, 4].flatMap((index) => [`lora_${index}`, `strength_${index}`]),
    loras: { applied: manyLoras, stack: 'prev_lora' },
  },
  WanVideoSetLoRAs: { propagates: ['model'], loras: { applied: () => [], stack: 'lora' } },
  WanVideoSetBlockSwap: { propagates: ['model'] },
  WanVideoVAELoader: { widgets: ['model_name', 'precision'], loader: { vae: 'model_name' } },
  WanVideoTextEncode: {
    widgets: ['positive_prompt', 'negative_prompt', 'force_offload'],
    textOf: {
      positive: { parts: { text: 'positive_prompt' } },
      negative: { parts: { text: 'negative_prompt' } },
    },
  },
  WanVideoTextEncodeCached: {
    widgets: ['model_name', 'precision', 'positive_prompt', 'negative_prompt'],
    textOf: {
      positive: { parts: { text: 'positive_prompt' } },
      negative: { parts: { text: 'negative_prompt' } },
    },
  },
  WanVideoEmptyEmbeds: {
    widgets: ['width', 'height', 'num_frames'],
    isEmpty: true,
    size: embeds,
  },
  WanVideoImageToVideoEncode: {
    widgets: [
      'width',
      'height',
      'num_frames',
      'noise_aug_strength',
      'start_latent_strength',
      'end_latent_strength',
    ],
    propagates: [['start_image', 'end_image']],
    isEmpty: true,
    size: embeds,
  },
  WanVideoSampler: {
    widgets: [
      'steps',
      'cfg',
      'shift',
      'seed',
      'force_offload',
      'scheduler',
      'riflex_freq_index',
      'denoise_strength',
    ],
    propagates: [['samples', 'image_embeds']],
    sampler: {
      from: ['samples', 'image_embeds'],
      model: 'model',
      positive: 'text_embeds',
      negative: 'text_embeds',
      seed: 'seed',
      steps: 'steps',
      cfg: 'cfg',
      // The wrapper has one list of schedulers, which name the solver: what others call the sampler.
      sampler: 'scheduler',
      denoise: 'denoise_strength',
      startStep: 'start_step',
      endStep: 'end_step',
    },
    records: { Shift: 'shift' },
  },
  WanVideoDecode: { propagates: ['samples'], vae: 'vae' },
  HyVideoModelLoader: {
    widgets: ['model', 'base_precision', 'quantization', 'load_device', 'attention_mode'],
    loader: { model: 'model' },
    loras: { applied: () => [], stack: 'lora' },
  },
  HyVideoLoraSelect: {
    widgets: ['lora', 'strength'],
    loras: { applied: (read) => loraOf(read('lora'), read('strength')), stack: 'prev_lora' },
  },
  HyVideoVAELoader: { widgets: ['model_name', 'precision'], loader: { vae: 'model_name' } },
  HyVideoTextEncode: { widgets: ['prompt', 'force_offload'], text: { parts: { text: 'prompt' } } },
  HyVideoSampler: {
    widgets: ['width', 'height', 'num_frames', 'steps', 'embedded_guidance_scale', 'flow_shift', 'seed'],
    propagates: ['samples'],
    size: embeds,
    sampler: {
      from: 'samples',
      model: 'model',
      positive: 'hyvid_embeds',
      seed: 'seed',
      steps: 'steps',
      guidance: 'embedded_guidance_scale',
      scheduler: 'scheduler',
      denoise: 'denoise_strength',
    },
    records: { Shift: 'flow_shift' },
  },
  HyVideoDecode: { propagates: ['samples'], vae: 'vae' },
};
