import type { EmbeddingReference, LoraReference } from '../../image-metadata.ts';
import { jsonObject, jsonText } from '../../json/json-value.ts';
import { parseTolerantJson } from '../../json/parse-tolerant-json.ts';
import type { Settings } from './settings.ts';

/** Hashes by resource name, out of the settings that carry them. */
export interface RecordedHashes {
  readonly loras: ReadonlyMap<string, string>;
  readonly embeddings: readonly EmbeddingReference[];
  readonly model: string | undefined;
}

/**
 * Takes `Lora hashes`, `TI hashes` and the `Hashes` object of the Civitai extension. `TI` alone,
 * as Forge writes it, names embeddings without hashes.
 */
export function takeHashes(settings: Settings): RecordedHashes {
  if (!settings.has('Lora hashes', 'TI hashes', 'TI', 'Hashes')) return noHashes;
  const loras = new Map(hashPairs(settings.take('Lora hashes') ?? ''));
  const embeddings = new Map<string, string | undefined>(hashPairs(settings.take('TI hashes') ?? ''));
  for (const name of (settings.take('TI') ?? '').split(',')) {
    if (name.trim() !== '') embeddings.set(name.trim(), embeddings.get(name.trim()));
  }
  const hashes = settings.get('Hashes');
  const recorded = (hashes && jsonObject(parseTolerantJson(hashes))) || {};
  for (const [key, value] of Object.entries(recorded)) {
    const hash = jsonText(value)?.toLowerCase();
    const name = key.slice(key.indexOf(':') + 1);
    if (hash === undefined) continue;
    if (/^(?:lora|lycoris|lyco):/i.test(key) && !loras.has(name)) loras.set(name, hash);
    if (/^embed:/i.test(key) && !embeddings.has(name)) embeddings.set(name, hash);
  }
  return {
    loras,
    embeddings: [...embeddings].map(([name, hash]) => ({ name, ...(hash !== undefined && { hash }) })),
    model: jsonText(recorded['model'])?.toLowerCase(),
  };
}

const noHashes: RecordedHashes = { loras: new Map(), embeddings: [], model: undefined };

/** `name: hash, name: hash`. */
function hashPairs(list: string): [name: string, hash: string][] {
  return list.split(',').flatMap((pair): [string, string][] => {
    const colon = pair.lastIndexOf(':');
    const name = pair.slice(0, colon).trim();
    const hash = pair
      .slice(colon + 1)
      .trim()
      .toLowerCase();
    return colon < 0 || name === '' || hash === '' ? [] : [[name, hash]];
  });
}

/**
 * LoRAs of the prompt with their hashes, then those that only the hashes name. The writer of the
 * hashes leaves `:` and `,` out of names, so names are compared without them.
 */
export function withHashes(
  loras: readonly LoraReference[],
  hashes: ReadonlyMap<string, string>,
): readonly LoraReference[] {
  if (hashes.size === 0) return loras;
  const unused = new Map([...hashes].map(([name, hash]) => [bareName(name), { name, hash }]));
  const named = loras.map((lora) => {
    const hash = unused.get(bareName(lora.name))?.hash ?? hashes.get(lora.name);
    return hash === undefined ? lora : { ...lora, hash };
  });
  for (const lora of loras) unused.delete(bareName(lora.name));
  return [...named, ...unused.values()];
}

function bareName(name: string): string {
  return name.replace(/[:,]/g, '').trim().toLowerCase();
}
