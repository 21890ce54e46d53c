import type { NodeKind, NodeKinds } from './node-kind.ts';

/** Takes both sides and gives both back; further outputs carry latents made of the given inputs. */
function bothSides(widgets: readonly string[], more: Partial<NodeKind> = {}): NodeKind {
  return { widgets, propagates: ['positive', 'negative'], ...more };
}

/** Makes a video latent of its own size, with a picture to start from. */
function videoStart(start: readonly string[], more: readonly string[] = []): NodeKind {
  return {
    widgets: ['width', 'height', 'length', 'batch_size', ...more],
    propagates: ['positive', 'negative', start],
    size: { width: 'width', height: 'height', frames: 'length', batch: 'batch_size' },
    isEmpty: true,
  };
}

/** Keeps what comes in at `conditioning`. */
function passes(...widgets: readonly string[]): NodeKind {
  return { widgets, propagates: ['conditioning'] };
}

const area = { x: 'x', y: 'y', width: 'width', height: 'height' } as const;
const controlNetModel = { label: 'ControlNet', from: 'control_net', name: 'control_net_name' } as const;
const controlNet = { 'ControlNet strength': 'strength' } as const;

/** Text encoders of ComfyUI itself and everything that conditioning passes through. */
export const coreConditioning: NodeKinds = {
  CLIPTextEncode: { widgets: ['text'], text: { parts: { text: 'text' }, clip: 'clip' } },
  CLIPTextEncodeSDXL: {
    widgets: ['width', 'height', 'crop_w', 'crop_h', 'target_width', 'target_height', 'text_g', 'text_l'],
    text: { parts: { clip_g: 'text_g', clip_l: 'text_l' }, clip: 'clip' },
  },
  CLIPTextEncodeSDXLRefiner: {
    widgets: ['ascore', 'width', 'height', 'text'],
    text: { parts: { text: 'text' }, clip: 'clip' },
  },
  CLIPTextEncodeSD3: {
    widgets: ['clip_l', 'clip_g', 't5xxl', 'empty_padding'],
    text: { parts: { clip_l: 'clip_l', clip_g: 'clip_g', t5xxl: 't5xxl' }, clip: 'clip' },
  },
  CLIPTextEncodeFlux: {
    widgets: ['clip_l', 't5xxl', 'guidance'],
    text: { parts: { clip_l: 'clip_l', t5xxl: 't5xxl' }, clip: 'clip', guidance: 'guidance' },
  },
  CLIPTextEncodeHunyuanDiT: {
    widgets: ['bert', 'mt5xl'],
    text: { parts: { bert: 'bert', mt5xl: 'mt5xl' }, clip: 'clip' },
  },
  CLIPTextEncodeHiDream: {
    widgets: ['clip_l', 'clip_g', 't5xxl', 'llama'],
    text: { parts: { clip_l: 'clip_l', clip_g: 'clip_g', t5xxl: 't5xxl', llama: 'llama' }, clip: 'clip' },
  },
  CLIPTextEncodeLumina2: {
    widgets: ['system_prompt', 'user_prompt'],
    text: { parts: { text: 'user_prompt' }, clip: 'clip' },
    records: { 'System prompt': 'system_prompt' },
  },
  CLIPTextEncodePixArtAlpha: {
    widgets: ['width', 'height', 'text'],
    text: { parts: { text: 'text' }, clip: 'clip' },
  },
  CLIPTextEncodeControlnet: {
    widgets: ['text'],
    text: { parts: { text: 'text' }, clip: 'clip' },
  },
  TextEncodeQwenImageEdit: { widgets: ['prompt'], text: { parts: { text: 'prompt' }, clip: 'clip' } },
  TextEncodeQwenImageEditPlus: { widgets: ['prompt'], text: { parts: { text: 'prompt' }, clip: 'clip' } },
  TextEncodeHunyuanVideo_ImageToVideo: {
    widgets: ['prompt', 'image_interleave'],
    text: { parts: { text: 'prompt' }, clip: 'clip' },
  },
  TextEncodeAceStepAudio: {
    widgets: ['tags', 'lyrics', 'lyrics_strength'],
    text: { parts: { tags: 'tags', lyrics: 'lyrics' }, clip: 'clip', isJoined: true },
  },
  LotusConditioning: { widgets: [], pictureOnly: true },
  ConditioningCombine: {
    widgets: [],
    merge: { relation: 'combine', inputs: ['conditioning_1', 'conditioning_2'] },
  },
  ConditioningConcat: {
    widgets: [],
    merge: { relation: 'concat', inputs: ['conditioning_to', 'conditioning_from'] },
  },
  ConditioningAverage: {
    widgets: ['conditioning_to_strength'],
    merge: {
      relation: 'average',
      inputs: ['conditioning_to', 'conditioning_from'],
      weight: 'conditioning_to_strength',
    },
  },
  ConditioningSetArea: {
    ...passes('width', 'height', 'x', 'y', 'strength'),
    limit: { area, unit: 'pixels' },
  },
  ConditioningSetAreaPercentage: {
    ...passes('width', 'height', 'x', 'y', 'strength'),
    limit: { area, unit: 'fraction' },
  },
  ConditioningSetAreaStrength: passes('strength'),
  ConditioningSetMask: passes('strength', 'set_cond_area'),
  ConditioningSetTimestepRange: {
    ...passes('start', 'end'),
    limit: { range: { start: 'start', end: 'end' } },
  },
  ConditioningSetProperties: passes('strength', 'set_cond_area'),
  ConditioningZeroOut: { widgets: [], zeroed: true },
  unCLIPConditioning: passes('strength', 'noise_augmentation'),
  StyleModelApply: {
    ...passes('strength', 'strength_type'),
    uses: { label: 'Style model', from: 'style_model', name: 'style_model_name' },
  },
  ReferenceLatent: passes(),
  FluxGuidance: { ...passes('guidance'), guidance: 'guidance' },
  FluxDisableGuidance: passes(),
  FluxKontextMultiReferenceLatentMethod: passes('reference_latents_method'),
  GLIGENTextBoxApply: {
    widgets: ['text', 'width', 'height', 'x', 'y'],
    merge: { relation: 'combine', inputs: ['conditioning_to'] },
    text: { parts: { text: 'text' }, clip: 'clip' },
    limit: { area, unit: 'pixels' },
  },
  ControlNetApply: { ...passes('strength'), uses: controlNetModel, records: controlNet },
  ControlNetApplyAdvanced: bothSides(['strength', 'start_percent', 'end_percent'], {
    uses: controlNetModel,
    records: controlNet,
  }),
  ControlNetApplySD3: bothSides(['strength', 'start_percent', 'end_percent'], {
    uses: controlNetModel,
    records: controlNet,
  }),
  ControlNetInpaintingAliMamaApply: bothSides(['strength', 'start_percent', 'end_percent'], {
    uses: controlNetModel,
    records: controlNet,
  }),
  InpaintModelConditioning: {
    widgets: ['noise_mask'],
    propagates: ['positive', 'negative', 'pixels'],
  },
  InstructPixToPixConditioning: { widgets: [], propagates: ['positive', 'negative', 'pixels'] },
  PerpNeg: { widgets: ['neg_scale'], propagates: ['model'] },
  SVD_img2vid_Conditioning: {
    widgets: ['width', 'height', 'video_frames', 'motion_bucket_id', 'fps', 'augmentation_level'],
    propagates: [null, null, 'init_image'],
    pictureOnly: true,
    size: { width: 'width', height: 'height', frames: 'video_frames' },
    isEmpty: true,
    records: { 'Motion bucket': 'motion_bucket_id', FPS: 'fps' },
  },
  StableZero123_Conditioning: {
    widgets: ['width', 'height', 'batch_size', 'elevation', 'azimuth'],
    propagates: [null, null, 'init_image'],
    pictureOnly: true,
    size: { width: 'width', height: 'height', batch: 'batch_size' },
    isEmpty: true,
  },
  StableZero123_Conditioning_Batched: {
    widgets: [
      'width',
      'height',
      'batch_size',
      'elevation',
      'azimuth',
      'elevation_batch_increment',
      'azimuth_batch_increment',
    ],
    propagates: [null, null, 'init_image'],
    pictureOnly: true,
    size: { width: 'width', height: 'height', batch: 'batch_size' },
    isEmpty: true,
  },
  SD_4XUpscale_Conditioning: {
    widgets: ['scale_ratio', 'noise_augmentation'],
    propagates: ['positive', 'negative', 'images'],
  },
  WanImageToVideo: videoStart(['start_image']),
  WanFirstLastFrameToVideo: videoStart(['start_image', 'end_image']),
  WanFunControlToVideo: videoStart(['start_image']),
  WanFunInpaintToVideo: videoStart(['start_image', 'end_image']),
  WanVaceToVideo: videoStart(['reference_image'], ['strength']),
  WanCameraImageToVideo: videoStart(['start_image']),
  WanSoundImageToVideo: videoStart(['ref_image']),
  WanAnimateToVideo: videoStart(['reference_image']),
  LTXVImgToVideo: videoStart(['image'], ['strength']),
  LTXVConditioning: bothSides(['frame_rate'], { records: { FPS: 'frame_rate' } }),
  LTXVAddGuide: {
    widgets: ['frame_idx', 'strength'],
    propagates: ['positive', 'negative', ['latent', 'image']],
  },
  LTXVCropGuides: { widgets: [], propagates: ['positive', 'negative', 'latent'] },
  HunyuanImageToVideo: {
    widgets: ['width', 'height', 'length', 'batch_size', 'guidance_type'],
    propagates: ['positive', 'start_image'],
    size: { width: 'width', height: 'height', frames: 'length', batch: 'batch_size' },
    isEmpty: true,
  },
  StableCascade_StageB_Conditioning: { widgets: [], propagates: ['conditioning'], latentBefore: 'stage_c' },
};
