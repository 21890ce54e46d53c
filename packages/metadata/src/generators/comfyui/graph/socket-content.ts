/** What a wire carries, as far as samplers, their settings and what they are given are concerned. */
export type Content =
  | 'model'
  | 'clip'
  | 'vae'
  | 'conditioning'
  | 'latent'
  | 'pixels'
  | 'guider'
  | 'sampler'
  | 'sigmas'
  | 'noise'
  | 'pipe'
  | 'text'
  | 'number'
  | 'other';

const byType: Readonly<Record<string, Content>> = {
  MODEL: 'model',
  CLIP: 'clip',
  VAE: 'vae',
  CONDITIONING: 'conditioning',
  LATENT: 'latent',
  IMAGE: 'pixels',
  VIDEO: 'pixels',
  AUDIO: 'pixels',
  SEGS: 'pixels',
  SVG: 'pixels',
  GUIDER: 'guider',
  SAMPLER: 'sampler',
  SIGMAS: 'sigmas',
  NOISE: 'noise',
  STRING: 'text',
  INT: 'number',
  FLOAT: 'number',
};

const notDiffusion =
  /CONTROL|UPSCALE|STYLE|VISION|LORA|DETECT|SAM\d?_|SEG|DEPTH|FACE|INTERPOL|MASK|PATCH|INPAINT|MATTING|WHISPER|AUDIO_ENC|TASK|IPADAPTER/;

/** The content of a socket by the type that the canvas states; undefined for `*` and for none. */
export function carriesByType(type: string | undefined): Content | undefined {
  if (type === undefined || type === '' || type === '*') return undefined;
  if (Object.hasOwn(byType, type)) return byType[type];
  const upper = type.toUpperCase();
  if (/^(?:FILE_3D|MESH|GLB|VOXEL|SPLAT)/.test(upper)) return 'pixels';
  if (/PIPE|CONTEXT|TUPLE|BUNDLE/.test(upper)) return 'pipe';
  if (/TEXT_?EMBED|HYVID_?EMBEDS|^CONDITIONING|_COND(?:ITIONING)?$|PROMPT_?EMBED/.test(upper)) {
    return 'conditioning';
  }
  if (upper.endsWith('MODEL') && !notDiffusion.test(upper)) return 'model';
  return /LATENT|SAMPLES/.test(upper) ? 'latent' : 'other';
}

const byName: readonly (readonly [RegExp, Content])[] = [
  [/^(?:model\d?|base_model|unet|diffusion_model|model_(?:high|low)(?:_noise)?)$/i, 'model'],
  [/^clip\d?$/i, 'clip'],
  [/^(?:optional_)?vae$/i, 'vae'],
  [
    /^(?:base_|refiner_)?(?:positive|negative|pos|neg|positive_cond|negative_cond|cond\d?|conditioning(?:_\w+)?|uncond|neg_conditioning)$/i,
    'conditioning',
  ],
  [/^(?!(?:image|clip|face|control|ip_?adapter|audio|pos(?:e)?)_)\w*_embeds(?:_\d)?$/i, 'conditioning'],
  [
    new RegExp(
      `^(?!\\w*(?:${notDiffusion.source}|CLIP|CAPTION|LLM|VLM|FLORENCE|RMBG|DA_|VDA|FLOW))\\w+_model$`,
      'i',
    ),
    'model',
  ],
  [
    /^(?:samples|latent_image|(?!\w*(?:guid|index|normaliz|reference|negative))(?:\w+_)?latents?)$/i,
    'latent',
  ],
  [/^(?:images?|pixels|video|frames|audio|segs|upscaled_image|image_?\d+|svg|mesh|glb|model_3d)$/i, 'pixels'],
  [/guider$/i, 'guider'],
  [/^(?:sampler|sampler_object|custom_sampler)$/i, 'sampler'],
  [/^(?:sigmas|optional_sigmas)$/i, 'sigmas'],
  [/^(?:noise|optional_noise)$/i, 'noise'],
  [/pipe$|^(?:ctx(?:_\d+)?|base_ctx|context|sdxl_tuple)$/i, 'pipe'],
];

/** The content of a socket by the name of an input, whose conventions packs share. */
export function carriesByName(name: string): Content | undefined {
  return byName.find(([pattern]) => pattern.test(name))?.[1];
}
