import { pixelSize } from '../../../fields/pixel-size.ts';
import { jsonText, type JsonValue } from '../../../../json/json-value.ts';
import { loraOf } from '../applied-lora.ts';
import type { BundleKind, NodeKind, NodeKinds, Port, ReadInput } from '../node-kind.ts';
import { constant } from '../text-rules.ts';

/** A node that writes its settings into the data stream which runs through all of them. */
function settings(widgets: readonly string[], wires: readonly string[] = [], base = 'data'): NodeKind {
  const fields = Object.fromEntries([...widgets, ...wires].map((name) => [name, name]));
  return { widgets, bundle: { slots: [null], fields, base: [base] } };
}

/** A node that gives fields of the stream at outputs of their own. */
function gives(base: string, ...slots: BundleKind['slots']): NodeKind {
  return { widgets: [], bundle: { slots: [null, ...slots], fields: {}, base: [base] } };
}

function at(field: string): Port {
  return { bundle: 'data', field };
}

/** Presets beat the two settings beside them. */
const presets: Readonly<Record<string, readonly [sampler: string, scheduler: string]>> = {
  'DPM++ 2M Karras': ['dpmpp_2m', 'karras'],
  'Euler a': ['euler_ancestral', 'normal'],
  'DPM++ 2M SDE Karras': ['dpmpp_2m_sde', 'karras'],
  'DPM++ 3M SDE Exp': ['dpmpp_3m_sde', 'exponential'],
  'DDIM Uniform': ['ddim', 'ddim_uniform'],
};

const computed = ['sampler_name', 'scheduler', 'image_width', 'image_height'] as const;

function computedValue(read: ReadInput, slot: number): JsonValue | undefined {
  const name = computed[slot - 1];
  if (name === undefined) return undefined;
  if (name === 'image_width' || name === 'image_height') return presetSize(read, name);
  const preset = presets[(jsonText(read('sampler_preset')) ?? '').replace(/^\d+ - /, '')];
  return preset === undefined ? read(name) : preset[name === 'sampler_name' ? 0 : 1];
}

function presetSize(read: ReadInput, name: 'image_width' | 'image_height'): JsonValue | undefined {
  const preset = jsonText(read('image_size_preset')) ?? '';
  const { width, height } = pixelSize(preset);
  if (width !== undefined && height !== undefined) return name === 'image_width' ? width : height;
  return preset === 'from source image' ? undefined : read(name);
}

const generation = [
  'seed',
  'image_size_preset',
  'image_width',
  'image_height',
  'steps',
  'cfg',
  'sampler_preset',
  'sampler_name',
  'scheduler',
  'base_vs_refiner_ratio',
];
const prompts = [
  'main_prompt',
  'secondary_prompt',
  'style_prompt',
  'negative_main_prompt',
  'negative_secondary_prompt',
  'negative_style_prompt',
];

/** SeargeSDXL 4: one data stream through all nodes; the run begins where the pipeline does. */
const stream: NodeKinds = {
  SeargeTextInputV2: constant('prompt'),
  SeargePromptAdapterV2: settings([], prompts),
  SeargeModelSelector: {
    ...settings(['base_checkpoint', 'refiner_checkpoint', 'vae_checkpoint']),
  },
  SeargeGenerationParameters: {
    widgets: generation,
    bundle: {
      slots: [null],
      fields: {
        ...Object.fromEntries(generation.map((name) => [name, name])),
        ...Object.fromEntries(computed.map((name, index) => [name, { slot: index + 1 }])),
      },
      base: ['data'],
    },
    value: computedValue,
  },
  SeargeOperatingMode: settings(['workflow_mode', 'prompting_mode', 'batch_size']),
  SeargeLoras: settings([1, 2, 3, 4, 5].flatMap((number) => [`lora_${number}`, `lora_${number}_strength`])),
  SeargeImage2ImageAndInpainting: settings(['denoise', 'inpaint_mask_blur', 'inpaint_mask_mode']),
  ...Object.fromEntries(
    [
      'SeargeAdvancedParameters',
      'SeargeConditionMixing',
      'SeargeConditioningParameters',
      'SeargeControlnetAdapterV2',
      'SeargeControlnetModels',
      'SeargeCustomPromptMode',
      'SeargeDebugPrinter',
      'SeargeFreeU',
      'SeargeHighResolution',
      'SeargeImageAdapterV2',
      'SeargeImageSaving',
      'SeargePromptAdapterV2Output',
      'SeargePromptStyles',
      'SeargeUpscaleModels',
    ].map((name) => [name, { bundle: { slots: [null], fields: {}, base: ['data'] } } satisfies NodeKind]),
  ),
  SeargePipelineStart: {
    widgets: ['wf_version'],
    bundle: { slots: [null], fields: {}, base: ['data', 'additional_data'] },
    loras: {
      applied: (read) =>
        [1, 2, 3, 4, 5].flatMap((number) =>
          loraOf(read(at(`lora_${number}`)), read(at(`lora_${number}_strength`))),
        ),
    },
    size: { width: at('image_width'), height: at('image_height'), batch: at('batch_size') },
    isEmpty: true,
    sampler: {
      prompt: at('main_prompt'),
      negativePrompt: at('negative_main_prompt'),
      modelName: at('base_checkpoint'),
      seed: at('seed'),
      steps: at('steps'),
      cfg: at('cfg'),
      sampler: at('sampler_name'),
      scheduler: at('scheduler'),
    },
    records: {
      'Secondary prompt': at('secondary_prompt'),
      'Style prompt': at('style_prompt'),
      Refiner: at('refiner_checkpoint'),
    },
  },
  SeargeMagicBox: {
    widgets: ['stage', 'input_from', 'output_to'],
    bundle: { slots: [null], fields: {}, base: ['data'] },
    propagates: ['data', 'data'],
  },
  SeargeCustomAfterVaeDecode: { widgets: [], propagates: ['custom_output', 'custom_output'] },
  SeargeCustomAfterUpscaling: { widgets: [], propagates: ['custom_output', 'custom_output'] },
  SeargePipelineTerminator: {
    widgets: [],
    output: { is: 'save', media: 'image', from: ['data'] },
    propagates: ['data'],
  },
};

/** SeargeSDXL 3: inputs that go through one processor and come out by name. */
const inputs: NodeKinds = {
  SeargeInput1: settings(
    ['main_prompt', 'secondary_prompt', 'style_prompt', 'negative_prompt', 'negative_style'],
    [],
    'inputs',
  ),
  SeargeInput2: settings(
    [
      'seed',
      'image_width',
      'image_height',
      'steps',
      'cfg',
      'sampler_name',
      'scheduler',
      'save_image',
      'save_directory',
    ],
    [],
    'inputs',
  ),
  SeargeInput4: settings(
    ['base_model', 'refiner_model', 'vae_model', 'main_upscale_model', 'support_upscale_model', 'lora_model'],
    [],
    'model_settings',
  ),
  SeargeStylePreprocessor: settings([], [], 'inputs'),
  SeargeParameterProcessor: settings([], [], 'inputs'),
  SeargeOutput1: gives(
    'parameters',
    'main_prompt',
    'secondary_prompt',
    'style_prompt',
    'negative_prompt',
    'negative_style',
  ),
  SeargeOutput2: gives(
    'parameters',
    'seed',
    'image_width',
    'image_height',
    'steps',
    'cfg',
    'sampler_name',
    'scheduler',
  ),
  SeargeOutput4: gives('model_names', 'base_model', 'refiner_model', 'vae_model'),
  SeargeCheckpointLoader: { widgets: [], loader: { model: 'ckpt_name' } },
  SeargeVAELoader: { widgets: [], loader: { vae: 'vae_name' } },
  SeargePromptText: constant('prompt'),
  SeargePromptCombiner: {
    widgets: ['prompt1', 'separator', 'prompt2'],
    value: (read) => {
      const [first, between, second] = ['prompt1', 'separator', 'prompt2'].map((name) => read(name));
      return typeof first === 'string' && typeof second === 'string'
        ? `${first}${jsonText(between) ?? ''}${second}`
        : undefined;
    },
  },
  SeargeSDXLBasePromptEncoder: { textOf: sides() },
  SeargeSDXLPromptEncoder: {
    textAt: [sides().positive, sides().negative, { parts: { text: 'pos_r' } }, { parts: { text: 'neg_r' } }],
  },
};

function sides() {
  return {
    positive: { parts: { clip_g: 'pos_g', clip_l: 'pos_l' }, clip: 'base_clip' },
    negative: { parts: { clip_g: 'neg_g', clip_l: 'neg_l' }, clip: 'base_clip' },
  };
}

/** Nodes of SeargeSDXL. */
export const searge: NodeKinds = { ...stream, ...inputs };
