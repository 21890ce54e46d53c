import type { NodeKind, NodeKinds } from './node-kind.ts';
import { loraOf } from './applied-lora.ts';

function loads(name: string): NodeKind {
  return { widgets: [name], loader: { model: name } };
}

function adapter(...widgets: readonly string[]): NodeKind {
  return {
    widgets,
    propagates: ['model'],
    uses: { label: 'IP-Adapter', from: 'ipadapter', name: ['ipadapter_file', 'preset'] },
    records: { 'IP-Adapter weight': 'weight' },
  };
}

/** Loaders of quantised models, and the adapters that a model passes through. */
export const thirdPartyLoaders: NodeKinds = {
  UnetLoaderGGUF: loads('unet_name'),
  UnetLoaderGGUFAdvanced: loads('unet_name'),
  CLIPLoaderGGUF: { widgets: ['clip_name', 'type'] },
  DualCLIPLoaderGGUF: { widgets: ['clip_name1', 'clip_name2', 'type'] },
  NunchakuFluxDiTLoader: loads('model_path'),
  NunchakuQwenImageDiTLoader: loads('model_name'),
  NunchakuFluxLoraLoader: {
    widgets: ['lora_name', 'lora_strength'],
    propagates: ['model'],
    loras: { applied: (read) => loraOf(read('lora_name'), read('lora_strength')) },
  },
  ECHOCheckpointLoaderSimple: loads('ckpt_name'),
  IPAdapterModelLoader: { widgets: ['ipadapter_file'] },
  IPAdapterUnifiedLoader: { widgets: ['preset'], propagates: ['model'] },
  IPAdapter: adapter('weight', 'start_at', 'end_at', 'weight_type'),
  IPAdapterAdvanced: adapter(
    'weight',
    'weight_type',
    'combine_embeds',
    'start_at',
    'end_at',
    'embeds_scaling',
  ),
};
