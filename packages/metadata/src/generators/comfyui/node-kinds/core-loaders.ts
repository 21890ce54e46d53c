import type { NodeKind, NodeKinds } from './node-kind.ts';
import { loraOf } from './applied-lora.ts';

/** A node that changes how a model behaves and gives it on. */
function patch(...widgets: readonly string[]): NodeKind {
  return { widgets, propagates: ['model'] };
}

function merge(count: number, ...widgets: readonly string[]): NodeKind {
  const mergesModels = Array.from({ length: count }, (_, index) => ({ model: `model${index + 1}` }));
  return { widgets, mergesModels };
}

/** Model, VAE and LoRA loaders of ComfyUI itself, and the nodes that models pass through. */
export const coreLoaders: NodeKinds = {
  CheckpointLoaderSimple: { widgets: ['ckpt_name'], loader: { model: 'ckpt_name' } },
  CheckpointLoader: { widgets: ['config_name', 'ckpt_name'], loader: { model: 'ckpt_name' } },
  unCLIPCheckpointLoader: { widgets: ['ckpt_name'], loader: { model: 'ckpt_name' } },
  ImageOnlyCheckpointLoader: { widgets: ['ckpt_name'], loader: { model: 'ckpt_name' } },
  UNETLoader: { widgets: ['unet_name', 'weight_dtype'], loader: { model: 'unet_name' } },
  DiffusersLoader: { widgets: ['model_path'], loader: { model: 'model_path' } },
  VAELoader: { widgets: ['vae_name'], loader: { vae: 'vae_name' } },
  CLIPLoader: { widgets: ['clip_name', 'type', 'device'] },
  DualCLIPLoader: { widgets: ['clip_name1', 'clip_name2', 'type', 'device'] },
  TripleCLIPLoader: { widgets: ['clip_name1', 'clip_name2', 'clip_name3'] },
  QuadrupleCLIPLoader: { widgets: ['clip_name1', 'clip_name2', 'clip_name3', 'clip_name4'] },
  CLIPVisionLoader: { widgets: ['clip_name'] },
  ControlNetLoader: { widgets: ['control_net_name'] },
  SetUnionControlNetType: { widgets: ['type'], passthrough: () => 'control_net' },
  DiffControlNetLoader: { widgets: ['control_net_name'] },
  StyleModelLoader: { widgets: ['style_model_name'] },
  GLIGENLoader: { widgets: ['gligen_name'] },
  UpscaleModelLoader: { widgets: ['model_name'] },
  LoraLoader: {
    widgets: ['lora_name', 'strength_model', 'strength_clip'],
    propagates: ['model', 'clip'],
    loras: {
      applied: (read) => loraOf(read('lora_name'), read('strength_model'), read('strength_clip')),
    },
  },
  LoraLoaderModelOnly: {
    widgets: ['lora_name', 'strength_model'],
    propagates: ['model'],
    loras: { applied: (read) => loraOf(read('lora_name'), read('strength_model')) },
  },
  HypernetworkLoader: {
    widgets: ['hypernetwork_name', 'strength'],
    propagates: ['model'],
    records: { Hypernetwork: 'hypernetwork_name', 'Hypernetwork strength': 'strength' },
  },
  CLIPSetLastLayer: {
    widgets: ['stop_at_clip_layer'],
    propagates: ['clip'],
    stopLayer: 'stop_at_clip_layer',
  },
  T5TokenizerOptions: { widgets: ['min_padding', 'min_length'], propagates: ['clip'] },
  ModelSamplingDiscrete: patch('sampling', 'zsnr'),
  ModelSamplingContinuousEDM: patch('sampling', 'sigma_max', 'sigma_min'),
  ModelSamplingContinuousV: patch('sampling', 'sigma_max', 'sigma_min'),
  ModelSamplingStableCascade: patch('shift'),
  ModelSamplingSD3: patch('shift'),
  ModelSamplingAuraFlow: patch('shift'),
  ModelSamplingFlux: patch('max_shift', 'base_shift', 'width', 'height'),
  ModelSamplingLTXV: patch('max_shift', 'base_shift'),
  RescaleCFG: patch('multiplier'),
  VideoLinearCFGGuidance: patch('min_cfg'),
  VideoTriangleCFGGuidance: patch('min_cfg'),
  FreeU: patch('b1', 'b2', 's1', 's2'),
  FreeU_V2: patch('b1', 'b2', 's1', 's2'),
  HyperTile: patch('tile_size', 'swap_size', 'max_depth', 'scale_depth'),
  PerturbedAttentionGuidance: patch('scale'),
  SelfAttentionGuidance: patch('scale', 'blur_sigma'),
  SkipLayerGuidanceSD3: patch('layers', 'scale', 'start_percent', 'end_percent'),
  SkipLayerGuidanceDiT: patch(
    'double_layers',
    'single_layers',
    'scale',
    'start_percent',
    'end_percent',
    'rescaling_scale',
  ),
  PatchModelAddDownscale: patch(
    'block_number',
    'downscale_factor',
    'start_percent',
    'end_percent',
    'downscale_after_skip',
    'downscale_method',
    'upscale_method',
  ),
  TomePatchModel: patch('ratio'),
  TorchCompileModel: patch('backend'),
  DifferentialDiffusion: patch('strength'),
  CFGZeroStar: patch(),
  CFGNorm: patch('strength'),
  UNetSelfAttentionMultiply: patch('q', 'k', 'v', 'out'),
  UNetCrossAttentionMultiply: patch('q', 'k', 'v', 'out'),
  UNetTemporalAttentionMultiply: patch(
    'self_structural',
    'self_temporal',
    'cross_structural',
    'cross_temporal',
  ),
  ModelMergeSimple: {
    widgets: ['ratio'],
    mergesModels: [{ model: 'model1', share: 'ratio' }, { model: 'model2' }],
  },
  ModelMergeBlocks: merge(2, 'input', 'middle', 'out'),
  ModelMergeAdd: merge(2),
  ModelMergeSubtract: merge(2, 'multiplier'),
  ModelMergeSD1: merge(2),
  ModelMergeSDXL: merge(2),
  ModelMergeFlux1: merge(2),
  CLIPMergeSimple: { widgets: ['ratio'], propagates: ['clip1'] },
};
