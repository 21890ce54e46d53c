import { isJsonArray, isJsonObject, jsonNumber, jsonText, type JsonValue } from '../../../json/json-value.ts';
import { lorasInText } from '../loras-in-text.ts';
import type { AppliedLora, NodeKind, NodeKinds, ReadInput } from '../node-kind.ts';
import { loraOf } from './applied-lora.ts';
import { constant, joined, replaceText, textOf, textRule } from './text-rules.ts';

const sampler = {
  model: 'model',
  positive: 'positive',
  negative: 'negative',
  seed: 'seed',
  steps: 'steps',
  cfg: 'cfg',
  sampler: 'sampler_name',
  scheduler: 'scheduler',
  denoise: 'denoise',
} as const;

/** A patch for speed or attention that a model passes through. */
const patch: NodeKind = { carries: ['model'] };

function patches(...types: readonly string[]): NodeKinds {
  return Object.fromEntries(types.map((type) => [type, patch]));
}

function saves(types: readonly string[], from = 'images', prefix = 'filename_prefix'): NodeKinds {
  const kind: NodeKind = {
    output: { is: 'save', media: 'image', from: [from], prefix },
    carries: [from],
  };
  return Object.fromEntries(types.map((type) => [type, kind]));
}

/** Names that come as `{content, image}` where a preview is shown with them. */
function contentOf(value: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(value) ? value['content'] : value;
}

/** `[{name, strength, clipStrength, active}]`, or the tags in the text where there is no list. */
function managedLoras(read: ReadInput): readonly AppliedLora[] {
  const stored = read('loras');
  const list = isJsonObject(stored) ? stored['__value__'] : stored;
  if (!isJsonArray(list)) return lorasInText(textOf(read('text')) ?? '');
  return list.flatMap((entry) => {
    if (!isJsonObject(entry)) return [];
    const loras = loraOf(entry['name'], entry['strength'], entry['clipStrength']);
    return entry['active'] === false ? loras.map((lora) => ({ ...lora, active: false })) : loras;
  });
}

function tidied(text: string, isTidy: boolean): string {
  if (!isTidy) return text;
  return text
    .replaceAll(/\s*,(?:\s*,)+/g, ',')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

/** `StringFunction|pysssss`: append or replace, with commas tidied up on request. */
function stringFunction(read: ReadInput): string | undefined {
  const isTidy = read('tidy_tags') === 'yes';
  const [a, b, c] = ['text_a', 'text_b', 'text_c'].map((name) => textOf(read(name)) ?? '');
  if (read('action') === 'append') {
    return tidied([a, b, c].filter((part) => part !== '').join(isTidy ? ', ' : ''), isTidy);
  }
  if (read('action') !== 'replace' || a === undefined || b?.startsWith('/') === true) return undefined;
  const replaced = replaceText(a, b, c);
  return replaced === undefined ? undefined : tidied(replaced, isTidy);
}

/** Lines that begin with `#` are comments there. */
function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n');
}

function numbered(read: ReadInput, count: string, prefix: string): readonly string[] {
  const length = Math.min(jsonNumber(read(count)) ?? 0, 1000);
  return Array.from({ length }, (_, index) => `${prefix}${index + 1}`);
}

/** Smaller packs that many graphs use. */
export const otherPacks: NodeKinds = {
  // ComfyUI-KJNodes
  INTConstant: constant('value'),
  FloatConstant: constant('value'),
  StringConstant: constant('string'),
  StringConstantMultiline: {
    widgets: ['string', 'strip_newlines'],
    value: textRule('string', (text, read) =>
      read('strip_newlines') === true ? text.replaceAll('\n', '') : text,
    ),
  },
  JoinStrings: { widgets: ['delimiter'], value: joined(['string1', 'string2'], 'delimiter') },
  JoinStringMulti: {
    widgets: ['inputcount', 'delimiter', 'return_list'],
    value: (read, slot) =>
      read('return_list') === true
        ? undefined
        : joined(numbered(read, 'inputcount', 'string_'), 'delimiter')(read, slot),
  },
  ImageResizeKJ: {
    widgets: ['width', 'height', 'upscale_method', 'keep_proportion', 'divisible_by'],
    carries: ['image'],
    resize: { width: 'width', height: 'height', method: 'upscale_method' },
  },
  ImageResizeKJv2: {
    widgets: ['width', 'height', 'upscale_method', 'keep_proportion'],
    carries: ['image'],
    resize: { width: 'width', height: 'height', method: 'upscale_method' },
  },
  ...patches(
    'PathchSageAttentionKJ',
    'ModelPatchTorchSettings',
    'PatchModelPatcherOrder',
    'SkipLayerGuidanceWanVideo',
  ),
  // pysssss
  'ShowText|pysssss': { displays: 'text' },
  'easy showAnything': { displays: 'anything' },
  'StringFunction|pysssss': {
    widgets: ['action', 'tidy_tags', 'text_a', 'text_b', 'text_c'],
    value: stringFunction,
  },
  'LoraLoader|pysssss': {
    widgets: ['lora_name', 'strength_model', 'strength_clip', null],
    carries: ['model', 'clip'],
    loras: {
      applied: (read) => loraOf(contentOf(read('lora_name')), read('strength_model'), read('strength_clip')),
    },
  },
  // Loaders
  UnetLoaderGGUF: { widgets: ['unet_name'], loader: { model: 'unet_name' } },
  UnetLoaderGGUFAdvanced: { widgets: ['unet_name'], loader: { model: 'unet_name' } },
  CLIPLoaderGGUF: { widgets: ['clip_name', 'type'] },
  DualCLIPLoaderGGUF: { widgets: ['clip_name1', 'clip_name2', 'type'] },
  NunchakuFluxDiTLoader: { widgets: ['model_path'], loader: { model: 'model_path' } },
  NunchakuQwenImageDiTLoader: { widgets: ['model_name'], loader: { model: 'model_name' } },
  NunchakuFluxLoraLoader: {
    widgets: ['lora_name', 'lora_strength'],
    carries: ['model'],
    loras: { applied: (read) => loraOf(read('lora_name'), read('lora_strength')) },
  },
  ECHOCheckpointLoaderSimple: { widgets: ['ckpt_name'], loader: { model: 'ckpt_name' } },
  'Lora Loader (LoraManager)': {
    widgets: ['text', 'loras'],
    carries: ['model', 'clip'],
    loras: { applied: managedLoras, stack: 'lora_stack' },
  },
  'Lora Stacker (LoraManager)': {
    widgets: ['text', 'loras'],
    loras: { applied: managedLoras, stack: 'lora_stack' },
  },
  LoraTagLoader: {
    widgets: ['text'],
    carries: ['model', 'clip'],
    loras: { applied: (read) => lorasInText(textOf(read('text')) ?? '') },
    value: (read) => read('text'),
  },
  // Text encoders
  'smZ CLIPTextEncode': {
    widgets: [
      'text',
      'parser',
      'mean_normalization',
      'multi_conditioning',
      'use_old_emphasis_implementation',
      'with_SDXL',
    ],
    text: { parts: { text: 'text' }, clip: 'clip' },
  },
  BNK_CLIPTextEncodeAdvanced: {
    widgets: ['text', 'token_normalization', 'weight_interpretation'],
    text: { parts: { text: 'text' }, clip: 'clip' },
  },
  'CLIP Text Encode++ (smZ)': { widgets: ['text'], text: { parts: { text: 'text' }, clip: 'clip' } },
  // WAS Node Suite
  'Text Concatenate': {
    widgets: ['delimiter', 'clean_whitespace', 'text_a', 'text_b', 'text_c', 'text_d'],
    value: (read) => {
      const isClean = read('clean_whitespace') === 'true' || read('clean_whitespace') === true;
      const parts = ['text_a', 'text_b', 'text_c', 'text_d'].flatMap((name) => {
        const text = textOf(read(name));
        const kept = isClean ? text?.trim() : text;
        return kept === undefined || kept === '' ? [] : [kept];
      });
      return parts.join((textOf(read('delimiter')) ?? '').replaceAll(String.raw`\n`, '\n'));
    },
  },
  'Text Multiline': { widgets: ['text'], value: textRule('text', withoutComments) },
  'Text String': {
    widgets: ['text', 'text_b', 'text_c', 'text_d'],
    value: (read, slot) => read(['text', 'text_b', 'text_c', 'text_d'][slot] ?? ''),
  },
  'Text Find and Replace': {
    widgets: ['find', 'replace'],
    value: textRule('text', (text, read) => replaceText(text, read('find'), read('replace'))),
  },
  'Text to Conditioning': { text: { parts: { text: 'text' }, clip: 'clip' } },
  'KSampler (WAS)': { carries: ['latent_image'], sampler },
  'Image Save': {
    output: { is: 'save', media: 'image', from: ['images'], prefix: 'filename_prefix' },
    carries: ['images'],
  },
  // Comfyroll
  'CR Text': constant('text'),
  'CR Prompt Text': constant('prompt'),
  'CR Seed': constant('seed'),
  'CR Text Concatenate': {
    widgets: ['text1', 'text2', 'separator'],
    value: joined(['text1', 'text2'], 'separator'),
  },
  'CR LoRA Stack': {
    widgets: [1, 2, 3].flatMap((index) => [
      `switch_${index}`,
      `lora_name_${index}`,
      `model_weight_${index}`,
      `clip_weight_${index}`,
    ]),
    loras: {
      stack: 'lora_stack',
      applied: (read) =>
        [1, 2, 3].flatMap((index) =>
          read(`switch_${index}`) === 'On'
            ? loraOf(read(`lora_name_${index}`), read(`model_weight_${index}`), read(`clip_weight_${index}`))
            : [],
        ),
    },
  },
  'CR Apply LoRA Stack': {
    widgets: [],
    carries: ['model', 'clip'],
    loras: { applied: () => [], stack: 'lora_stack' },
  },
  'CR Load LoRA': {
    widgets: ['switch', 'lora_name', 'strength_model', 'strength_clip'],
    carries: ['model', 'clip'],
    loras: {
      applied: (read) =>
        read('switch') === 'Off'
          ? []
          : loraOf(read('lora_name'), read('strength_model'), read('strength_clip')),
    },
  },
  ...Object.fromEntries(
    [
      ['CR Model Input Switch', 'model'],
      ['CR Conditioning Input Switch', 'conditioning'],
      ['CR Clip Input Switch', 'clip'],
      ['CR VAE Input Switch', 'VAE'],
      ['CR Latent Input Switch', 'latent'],
      ['CR Image Input Switch', 'image'],
      ['CR Text Input Switch', 'text'],
    ].map(([type, prefix]): [string, NodeKind] => [
      type ?? '',
      {
        widgets: ['Input'],
        repeats: (read) => `${prefix ?? ''}${jsonNumber(read('Input')) ?? ''}`,
      },
    ]),
  ),
  'CR SDXL Aspect Ratio': {
    widgets: ['width', 'height', 'aspect_ratio', 'swap_dimensions', 'upscale_factor', 'batch_size'],
    value: aspectValue,
    isEmpty: true,
    size: { width: 'width', height: 'height', batch: 'batch_size' },
  },
  // Upscalers and savers
  UltimateSDUpscale: {
    widgets: ['upscale_by', 'seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
    carries: ['image'],
    sampler: { ...sampler, role: 'upscale', from: 'image', upscaleModel: 'upscale_model', vae: 'vae' },
    resize: { upscaleModel: 'upscale_model', by: 'upscale_by' },
  },
  UltimateSDUpscaleNoUpscale: {
    widgets: ['seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
    carries: ['upscaled_image'],
    sampler: { ...sampler, role: 'detailer', from: 'upscaled_image', vae: 'vae' },
  },
  SUPIR_sample: {
    carries: ['latents'],
    sampler: {
      ...sampler,
      role: 'upscale',
      from: 'latents',
      model: 'SUPIR_model',
      cfg: ['cfg_scale_end', 'cfg_scale'],
      sampler: 'sampler',
    },
  },
  ...saves([
    'SaveImageExtended',
    'SaveImagePlus',
    'SaveImageWithMetaData',
    'Save Image w/Metadata',
    'SDPromptSaver',
    'SwarmSaveImageWS',
    'easy imageSave',
  ]),
  ...saves(['Image Saver', 'Image Saver Simple'], 'images', 'filename'),
  VHS_VideoCombine: {
    widgets: ['frame_rate', 'loop_count', 'filename_prefix', 'format', 'pingpong', 'save_output'],
    output: {
      is: 'save',
      media: 'video',
      from: ['images'],
      prefix: 'filename_prefix',
      fps: 'frame_rate',
    },
    carries: ['images'],
  },
  VHS_LoadVideo: { records: { 'Source video': 'video' } },
  ...Object.fromEntries(
    [
      'OllamaGenerate',
      'OllamaVision',
      'Florence2Run',
      'WD14Tagger|pysssss',
      'DPRandomGenerator',
      'Text Random Line',
      'Text Load Line From File',
    ].map((type): [string, NodeKind] => [type, { isOpaque: true }]),
  ),
};

/** The ratio is a text that names its own size: `1:1 square 1024x1024`. */
function aspectValue(read: ReadInput, slot: number): JsonValue | undefined {
  if (slot > 1) return undefined;
  const match = /(\d{3,5})x(\d{3,5})/.exec(jsonText(read('aspect_ratio')) ?? '');
  const isSwapped = read('swap_dimensions') === 'On';
  if (match === null) return read(slot === (isSwapped ? 1 : 0) ? 'width' : 'height');
  return Number(match[(slot === 0) === isSwapped ? 2 : 1]);
}
