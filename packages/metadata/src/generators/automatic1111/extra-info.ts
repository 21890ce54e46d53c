import { type Generation, generationRoles } from '../../image-metadata.ts';
import { isJsonArray, isJsonObject, type JsonValue, jsonObject } from '../../json/json-value.ts';
import { parseTolerantJson } from '../../json/parse-tolerant-json.ts';

/** The trailing line that IIB's front end reads as well; holds what the text form cannot. */
export const extraInfoMark = 'extraJsonMetaInfo: ';

/** A value of the expected shape, or undefined: the line may have been written by anybody. */
type Check = (value: JsonValue) => unknown;

const text: Check = (value) => (typeof value === 'string' ? value : undefined);
const number: Check = (value) => {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};
const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value) ? value : undefined;

const listOf =
  (check: Check): Check =>
  (value) =>
    isJsonArray(value) ? value.map(check).filter((item) => item !== undefined) : undefined;

const recordOf =
  (checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  (value) => {
    if (!isJsonObject(value)) return undefined;
    const kept = Object.entries(checks)
      .map(([key, check]) => [key, value[key] === undefined ? undefined : check(value[key])] as const)
      .filter(([, member]) => member !== undefined);
    const record = Object.fromEntries(kept);
    return required.every((key) => key in record) ? record : undefined;
  };

const texts: Check = (value) =>
  isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => typeof member === 'string'))
    : undefined;

const model = recordOf({ name: text, hash: text });
const sampling = {
  seed: text,
  steps: number,
  cfgScale: number,
  guidance: number,
  sampler: text,
  scheduler: text,
  denoise: number,
};
const picture = { prompt: text, negativePrompt: text, model, width: number, height: number };
const stage = recordOf(
  {
    ...sampling,
    ...picture,
    role: oneOf(generationRoles),
    upscaler: text,
    upscaleBy: number,
    startStep: number,
    endStep: number,
    nodeId: text,
  },
  ['role'],
);
const character = recordOf(
  { prompt: text, negativePrompt: text, center: recordOf({ x: number, y: number }, ['x', 'y']) },
  ['prompt'],
);
const area = recordOf(
  { x: number, y: number, width: number, height: number, unit: oneOf(['pixels', 'fraction']) },
  ['x', 'y', 'width', 'height', 'unit'],
);
const segment = recordOf(
  {
    text,
    relation: oneOf(['combine', 'concat', 'average']),
    weight: number,
    area,
    range: recordOf({ start: number, end: number }, ['start', 'end']),
    parts: texts,
    nodeId: text,
  },
  ['text'],
);
const lora = recordOf({ name: text, weight: number, textEncoderWeight: number, hash: text }, ['name']);

const fields: Readonly<Record<Exclude<keyof Generation, 'provenance'>, Check>> = {
  ...sampling,
  ...picture,
  promptSegments: listOf(segment),
  negativePromptSegments: listOf(segment),
  mergedModels: listOf(recordOf({ name: text, hash: text, share: number })),
  clipSkip: number,
  vae: text,
  loras: listOf(lora),
  embeddings: listOf(recordOf({ name: text, hash: text }, ['name'])),
  stages: listOf(stage),
  characters: listOf(character),
  version: text,
  date: text,
  generationTime: number,
  parameters: texts,
};

/** Prints the fields that a text form lacks; null takes a field off again. */
export function printExtraInfo(missing: Readonly<Record<string, unknown>>): string {
  return `${extraInfoMark}${JSON.stringify({ iibKit: missing })}`;
}

/** Lays what `printExtraInfo` printed over what was read from the text form. */
export function withExtraInfo(generation: Generation, trailer: readonly string[]): Generation {
  const line = trailer.find((candidate) => candidate.startsWith(extraInfoMark));
  if (line === undefined) return generation;
  const overlay = jsonObject(jsonObject(parseTolerantJson(line.slice(extraInfoMark.length)))?.['iibKit']);
  if (overlay === undefined) return generation;
  const result = new Map<string, unknown>(Object.entries(generation));
  for (const [key, check] of Object.entries(fields)) {
    const value = overlay[key];
    if (value === undefined) continue;
    const checked = value === null ? undefined : check(value);
    if (value === null) result.delete(key);
    else if (checked !== undefined) result.set(key, checked);
  }
  // Every member went through its check above.
  return Object.fromEntries(result);
}
