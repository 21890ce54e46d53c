import type { LoraReference } from '../../image-metadata.ts';
import { jsonNumber } from '../../json/json-value.ts';
import { definedOnly } from '../fields/defined-only.ts';
import type { Settings } from './settings.ts';

/** Weights that stand in a list beside the names: by name, or by the place in the list of names. */
export interface LoraWeights {
  readonly byName: ReadonlyMap<string, number>;
  readonly inOrder: readonly number[];
}

/**
 * Takes `Lora weights: name: 0.5, other: 1` (Fooocus), or a list of numbers alone (`loraweights: 0.5,1`, as converters
 * of SwarmUI's records leave it). A list that holds anything else stays where it is.
 */
export function takeLoraWeights(settings: Settings): LoraWeights | undefined {
  const list = settings.get(...weightKeys);
  if (list === undefined) return undefined;
  const items = unbracketed(list)
    .split(',')
    .map((item) => item.trim());
  const inOrder = items.map((item) => jsonNumber(item)).filter((weight) => weight !== undefined);
  const byName = new Map(items.flatMap(namedWeight));
  if (inOrder.length < items.length && byName.size < items.length) return undefined;
  settings.take(...weightKeys);
  return inOrder.length === items.length ? { byName: new Map(), inOrder } : { byName, inOrder: [] };
}

const weightKeys = ['Lora weights', 'loraweights', 'lora_weights'];
const nameKeys = ['loras', 'Loras'];

/** Takes a list of names that stands without hashes, where a list of as many weights is beside it. */
export function takeListedLoras(
  settings: Settings,
  weights: LoraWeights | undefined,
): readonly LoraReference[] {
  const list = settings.get(...nameKeys);
  if (list === undefined || weights === undefined || weights.inOrder.length === 0) return [];
  const names = unbracketed(list)
    .split(',')
    .map((name) => name.trim());
  if (names.length !== weights.inOrder.length || names.includes('')) return [];
  settings.take(...nameKeys);
  return names.map((name) => ({ name }));
}

/** The same LoRAs with their weights; a list in order counts only where it is as long as that of the names. */
export function withWeights(
  loras: readonly LoraReference[],
  listed: readonly string[],
  weights: LoraWeights | undefined,
): readonly LoraReference[] {
  if (weights === undefined) return loras;
  const isAligned = weights.inOrder.length > 0 && weights.inOrder.length === listed.length;
  return loras.map((lora) => {
    if (lora.weight !== undefined) return lora;
    const at = isAligned ? listed.indexOf(lora.name) : -1;
    const weight = weights.byName.get(lora.name) ?? weights.inOrder[at];
    return weight === undefined ? lora : { ...lora, weight };
  });
}

/** Takes `Lora_0 Model name`, `Lora_0 Strength model` and so on, as save nodes of ComfyUI write them. */
export function takeNumberedLoras(settings: Settings): readonly LoraReference[] {
  if (!settings.has('Lora_0 Model name', 'Lora_1 Model name')) return [];
  return settings.takeMatching(/^Lora_\d+ Model name$/).flatMap(([key, name]): LoraReference[] => {
    const prefix = key.slice(0, -' Model name'.length);
    const weight = jsonNumber(settings.take(`${prefix} Strength model`));
    const textEncoder = jsonNumber(settings.take(`${prefix} Strength clip`));
    const hash = settings.take(`${prefix} Model hash`)?.toLowerCase();
    if (name.trim() === '') return [];
    const textEncoderWeight = textEncoder === weight ? undefined : textEncoder;
    return [{ name: name.trim(), ...definedOnly({ weight, textEncoderWeight, hash }) }];
  });
}

function unbracketed(list: string): string {
  return list
    .trim()
    .replace(/^\[(.*)\]$/s, '$1')
    .replaceAll('"', '');
}

function namedWeight(item: string): readonly (readonly [string, number])[] {
  const colon = item.lastIndexOf(':');
  const weight = colon < 1 ? undefined : jsonNumber(item.slice(colon + 1));
  return weight === undefined ? [] : [[item.slice(0, colon).trim(), weight]];
}
