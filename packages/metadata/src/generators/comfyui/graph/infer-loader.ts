import type { GraphNode } from './graph.ts';
import type { Sockets } from './sockets.ts';
import { loraOf } from '../node-kinds/applied-lora.ts';
import type { AppliedLora, LoraKind, NodeKind, ReadInput } from '../node-kinds/node-kind.ts';

const modelFile = /\.(?:safetensors|sft|ckpt|pth?|gguf|bin)$/i;
const modelInput =
  /^(?:(?:base_)?ckpt(?:_name)?|unet_name|unet|model_name|model_path|diffusion_model(?:_name)?|(?:base_)?checkpoint(?:_name)?|base_model(?:_name)?|gguf_name|transformer(?:_name)?|dit_name)$/i;
const loraInput = /^lora(?:_name)?_?(\d{0,2})(?:_name)?$/i;

/** A model that goes in and out, and names of LoRAs between. */
export function inferLora(node: GraphNode, { wired, gives, feeds }: Sockets): NodeKind | undefined {
  const names = [...node.inputs].flatMap(([name, input]) => {
    return loraInput.test(name) && input.kind === 'literal' && typeof input.value === 'string' ? [name] : [];
  });
  const isStack = feeds(0).some((name) => /lora/i.test(name));
  const [model] = wired.get('model') ?? [];
  const [clip] = wired.get('clip') ?? [];
  if (names.length === 0 || (model === undefined && !isStack)) return undefined;
  const loras: LoraKind = {
    applied: (read) => names.flatMap((name) => numberedLora(read, name)),
    ...stackOf(node),
  };
  if (model === undefined) return { loras };
  const last = Math.max(1, ...gives.keys());
  const propagates = Array.from({ length: Math.min(last, 30) + 1 }, (_, slot) =>
    gives.get(slot) === 'clip' || (slot === 1 && gives.get(slot) === undefined) ? (clip ?? null) : model,
  );
  return { propagates, loras };
}

/** Switched off by a switch of its own number, or of the node. */
function numberedLora(read: ReadInput, name: string): readonly AppliedLora[] {
  const number = loraInput.exec(name)?.[1] ?? '';
  const of = (...stems: readonly string[]) => {
    const found = stems.flatMap((stem) => [
      `${stem}_${number}`,
      `${stem}${number}`,
      `lora_${number}_${stem}`,
    ]);
    return (number === '' ? stems : found).map(read).find((value) => value !== undefined);
  };
  const state = of('switch', 'enabled', 'on', 'toggle', 'active') ?? read('toggle') ?? read('enabled');
  const loras = loraOf(
    read(name),
    of('strength_model', 'model_strength', 'model_weight', 'strength', 'lora_strength', 'weight', 'lora_wt'),
    of('strength_clip', 'clip_strength', 'clip_weight'),
  );
  const isOff = state === false || (typeof state === 'string' && /^(?:off|false|no)$/i.test(state));
  return isOff ? loras.map((lora) => ({ ...lora, active: false })) : loras;
}

function stackOf(node: GraphNode): Pick<LoraKind, 'stack'> {
  const wired = [...node.inputs].find(([name, input]) => input.kind === 'link' && /lora/i.test(name));
  return wired === undefined ? {} : { stack: wired[0] };
}

/** A node that no model goes into, and that names one. */
export function inferLoader(node: GraphNode, { wired, gives }: Sockets): NodeKind | undefined {
  if (wired.has('model')) return undefined;
  const given = new Set(gives.values());
  const givesModel = given.has('model');
  const isSource = wired.size === 0 || givesModel;
  if (!isSource) return undefined;
  const texts = [...node.inputs].flatMap(([name, input]) =>
    input.kind === 'literal' && typeof input.value === 'string' ? [[name, input.value] as const] : [],
  );
  const vae = texts.find(
    ([name, value]) => /^vae(?:_name)?$/i.test(name) && (modelFile.test(value) || givesModel),
  );
  const model =
    texts.find(([name]) => modelInput.test(name)) ??
    (givesModel || /load/i.test(node.type) ? texts.find(([name]) => name === 'model') : undefined) ??
    (givesModel ? onlyFile(texts) : undefined);
  if (model === undefined && vae === undefined) return undefined;
  if (!givesModel && given.size > 0 && !given.has('vae') && !given.has('clip')) return undefined;
  return {
    loader: { ...(model !== undefined && { model: model[0] }), ...(vae !== undefined && { vae: vae[0] }) },
  };
}

type NamedText = readonly [name: string, value: string];

function onlyFile(texts: readonly NamedText[]): NamedText | undefined {
  const files = texts.filter(
    ([name, value]) => modelFile.test(value) && !/vae|lora|clip|encoder/i.test(name),
  );
  return files.length === 1 ? files[0] : undefined;
}
