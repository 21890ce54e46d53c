import type { JsonValue } from '../../../json/json-value.ts';
import { isSamplerName, isSchedulerName } from '../graph/known-samplers.ts';

/** A widget that may be named; null for one that is no input. */
export interface WidgetName {
  readonly name: string | null;
  /** The type that the file states for the input, such as `INT`. */
  readonly type?: string | undefined;
}

type Test = (value: JsonValue) => boolean;

const isNumber: Test = (value) => typeof value === 'number' || typeof value === 'bigint';
const isText: Test = (value) => typeof value === 'string';
const isCount: Test = (value) =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value) && value >= 0);
const isName: Test = (value) =>
  typeof value === 'string' &&
  !/^(?:fixed|increment|decrement|randomize)$/.test(value) &&
  !/^[\d.]+$/.test(value);

/** What ComfyUI's own types let stand in a widget. */
const byType: Readonly<Record<string, Test>> = {
  INT: isNumber,
  FLOAT: isNumber,
  STRING: isText,
  BOOLEAN: (value) => typeof value === 'boolean' || isText(value),
};

/** Names that mean the same in every pack, with what may stand there. */
const byName: readonly (readonly [RegExp, Test])[] = [
  [/^(?:noise_)?seed$/, isNumber],
  [/^steps$/, isCount],
  [/^cfg(?:_scale)?$|^denoise$|^strength(?:_model|_clip)?$/, isNumber],
  [/^sampler_name$/, (value) => isName(value) && !isSchedulerName(value)],
  [/^scheduler$/, (value) => isName(value) && !isSamplerName(value)],
  [/^(?:width|height|batch_size|length)$/, isCount],
  [/^(?:start_at_step|end_at_step)$/, isCount],
  [/^(?:ckpt|unet|vae|lora|clip|model)_name\d*$|^filename_prefix$/, isText],
  [/^(?:text|prompt|negative_prompt|positive|negative)$/, isText],
];

/** Whether a value may be that of an input. Widgets of packs can hold anything, so most may. */
export function fitsInput({ name, type }: WidgetName, value: JsonValue): boolean {
  if (name === null) return true;
  const named = byName.find(([pattern]) => pattern.test(name))?.[1];
  if (named !== undefined && !named(value)) return false;
  const typed = type === undefined || !Object.hasOwn(byType, type) ? undefined : byType[type];
  return typed === undefined || typed(value) || (value === null && named === undefined);
}
