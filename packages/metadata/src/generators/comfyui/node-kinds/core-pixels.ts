import type { NodeKind, NodeKinds } from './node-kind.ts';

const size = { width: 'width', height: 'height' } as const;

function empty(...widgets: readonly string[]): NodeKind {
  const frames = widgets.includes('length') && { frames: 'length' };
  const batch = widgets.includes('batch_size') && { batch: 'batch_size' };
  return { widgets, isEmpty: true, size: { ...size, ...frames, ...batch } };
}

/** Changes pixels or latents that arrive at the given inputs, main one first. */
function changes(inputs: string | readonly string[], ...widgets: readonly string[]): NodeKind {
  return { widgets, propagates: [inputs] };
}

/** Latents and pictures of ComfyUI itself: made, encoded, scaled, put together. */
export const corePixels: NodeKinds = {
  EmptyLatentImage: empty('width', 'height', 'batch_size'),
  EmptySD3LatentImage: empty('width', 'height', 'batch_size'),
  EmptyFlux2LatentImage: empty('width', 'height', 'batch_size'),
  EmptyChromaRadianceLatentImage: empty('width', 'height', 'batch_size'),
  EmptyHunyuanImageLatent: empty('width', 'height', 'batch_size'),
  EmptyHunyuanLatentVideo: empty('width', 'height', 'length', 'batch_size'),
  EmptyLTXVLatentVideo: empty('width', 'height', 'length', 'batch_size'),
  EmptyMochiLatentVideo: empty('width', 'height', 'length', 'batch_size'),
  EmptyCosmosLatentVideo: empty('width', 'height', 'length', 'batch_size'),
  StableCascade_EmptyLatentImage: {
    widgets: ['width', 'height', 'compression', 'batch_size'],
    isEmpty: true,
    size: { ...size, batch: 'batch_size' },
  },
  StableCascade_StageC_VAEEncode: changes('image', 'compression'),
  CosmosImageToVideoLatent: {
    widgets: ['width', 'height', 'length', 'batch_size'],
    propagates: [['start_image', 'end_image']],
    size: { ...size, frames: 'length', batch: 'batch_size' },
    isEmpty: true,
  },
  Wan22ImageToVideoLatent: {
    widgets: ['width', 'height', 'length', 'batch_size'],
    propagates: ['start_image'],
    size: { ...size, frames: 'length', batch: 'batch_size' },
    isEmpty: true,
  },
  VAEDecode: { widgets: [], propagates: ['samples'], vae: 'vae' },
  VAEDecodeTiled: {
    widgets: ['tile_size', 'overlap', 'temporal_size', 'temporal_overlap'],
    propagates: ['samples'],
    vae: 'vae',
  },
  VAEEncode: changes('pixels'),
  VAEEncodeTiled: changes('pixels', 'tile_size', 'overlap', 'temporal_size', 'temporal_overlap'),
  VAEEncodeForInpaint: changes('pixels', 'grow_mask_by'),
  LatentUpscale: {
    ...changes('samples', 'upscale_method', 'width', 'height', 'crop'),
    resize: { ...size, method: 'upscale_method' },
  },
  LatentUpscaleBy: {
    ...changes('samples', 'upscale_method', 'scale_by'),
    resize: { by: 'scale_by', method: 'upscale_method' },
  },
  LatentComposite: changes(['samples_to', 'samples_from'], 'x', 'y', 'feather'),
  LatentCompositeMasked: changes(['destination', 'source'], 'x', 'y', 'resize_source'),
  LatentBlend: changes(['samples1', 'samples2'], 'blend_factor'),
  LatentInterpolate: changes(['samples1', 'samples2'], 'ratio'),
  LatentAdd: changes(['samples1', 'samples2']),
  LatentSubtract: changes(['samples1', 'samples2']),
  LatentMultiply: changes('samples', 'multiplier'),
  LatentBatch: changes(['samples1', 'samples2']),
  LatentFromBatch: changes('samples', 'batch_index', 'length'),
  RepeatLatentBatch: changes('samples', 'amount'),
  SetLatentNoiseMask: changes('samples'),
  LatentRotate: changes('samples', 'rotation'),
  LatentFlip: changes('samples', 'flip_method'),
  LatentCrop: { ...changes('samples', 'width', 'height', 'x', 'y'), resize: size },
  TrimVideoLatent: changes('samples', 'trim_amount'),
  ImageScale: {
    ...changes('image', 'upscale_method', 'width', 'height', 'crop'),
    resize: { ...size, method: 'upscale_method' },
  },
  ImageScaleBy: {
    ...changes('image', 'upscale_method', 'scale_by'),
    resize: { by: 'scale_by', method: 'upscale_method' },
  },
  ImageScaleToTotalPixels: {
    ...changes('image', 'upscale_method', 'megapixels'),
    resize: { megapixels: 'megapixels', method: 'upscale_method' },
  },
  ImageUpscaleWithModel: { ...changes('image'), resize: { upscaleModel: 'upscale_model' } },
  ImageCrop: { ...changes('image', 'width', 'height', 'x', 'y'), resize: size },
  ImagePadForOutpaint: {
    ...changes('image', 'left', 'top', 'right', 'bottom', 'feathering'),
    resize: { pad: { left: 'left', top: 'top', right: 'right', bottom: 'bottom' } },
  },
  ImageSharpen: changes('image', 'sharpen_radius', 'sigma', 'alpha'),
  ImageBlur: changes('image', 'blur_radius', 'sigma'),
  ImageQuantize: changes('image', 'colors', 'dither'),
  ImageInvert: changes('image'),
  ImageBlend: changes(['image1', 'image2'], 'blend_factor', 'blend_mode'),
  ImageBatch: changes(['image1', 'image2']),
  ImageFromBatch: changes('image', 'batch_index', 'length'),
  RepeatImageBatch: changes('image', 'amount'),
  ImageCompositeMasked: changes(['destination', 'source'], 'x', 'y', 'resize_source'),
  PorterDuffImageComposite: changes(['source', 'destination'], 'mode'),
  JoinImageWithAlpha: changes('image'),
  SplitImageWithAlpha: changes('image'),
  CreateVideo: { widgets: ['fps'], propagates: ['images'], records: { FPS: 'fps' } },
  GetVideoComponents: { widgets: [], propagates: ['video'] },
  LoadImage: { widgets: ['image', null], records: { 'Source image': 'image' } },
  LoadImageMask: { widgets: ['image', 'channel', null] },
  LoadImageOutput: { widgets: ['image', null], records: { 'Source image': 'image' } },
  LoadLatent: { widgets: ['latent'], records: { 'Source latent': 'latent' } },
  LoadVideo: { widgets: ['file', null], records: { 'Source video': 'file' } },
};
