import { jsonNumber, jsonText, type JsonValue } from '../../../../json/json-value.ts';
import type { NodeKinds, ReadInput } from '../node-kind.ts';

/** Sizes of a ratio for the three model versions: `3:2 - 608x416 | 912x624 | 1216x832`. */
function sizeValue(read: ReadInput, name: 'width' | 'height'): JsonValue | undefined {
  const ratio = jsonText(read('aspect_ratio')) ?? 'custom';
  if (ratio === 'custom') return read(name);
  const version = ['SDv1', 'SDv2', 'SDXL'].findIndex((each) =>
    jsonText(read('model_version'))?.startsWith(each),
  );
  const size = [...ratio.matchAll(/(\d+)x(\d+)/g)][version];
  return size === undefined ? undefined : Number(size[name === 'width' ? 1 : 2]);
}

/** Outputs go by their names: their order differs between versions. */
function parameterValue(read: ReadInput, name: string | undefined): JsonValue | undefined {
  switch (name) {
    case 'width':
    case 'height':
      return sizeValue(read, name);
    case 'refiner_start':
    case 'start_at_step':
    case 'end_at_step': {
      const [steps, share] = [jsonNumber(read('steps')), jsonNumber(read('refiner_start'))];
      return steps === undefined || share === undefined ? undefined : Math.trunc(steps * share);
    }
    case 'noise_seed':
      return read('seed');
    case 'model_name':
      return read('ckpt_name');
    case 'seed':
    case 'steps':
    case 'cfg':
    case 'sampler_name':
    case 'scheduler':
    case 'batch_size':
      return read(name);
    default:
      return undefined;
  }
}

/** Nodes of comfyui-prompt-reader-node. */
export const promptReader: NodeKinds = {
  SDParameterGenerator: {
    widgets: [
      'ckpt_name',
      'vae_name',
      'model_version',
      'config_name',
      'seed',
      'steps',
      'refiner_start',
      'cfg',
      'sampler_name',
      'scheduler',
      'positive_ascore',
      'negative_ascore',
      'aspect_ratio',
      'width',
      'height',
      'batch_size',
    ],
    loader: { model: 'ckpt_name', vae: 'vae_name' },
    value: (read, _slot, name) => parameterValue(read, name()),
  },
};
