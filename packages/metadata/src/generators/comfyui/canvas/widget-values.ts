import {
  isJsonArray,
  isJsonObject,
  jsonArray,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../../../json/json-value.ts';
import type { WidgetNames } from '../node-kinds/node-kind.ts';

const controls: ReadonlySet<JsonValue | undefined> = new Set([
  'fixed',
  'increment',
  'decrement',
  'randomize',
]);

/** Widget values of a node on the canvas, under the names of the inputs that they fill. */
export function namedWidgets(node: JsonObject, known: WidgetNames | undefined): Map<string, JsonValue> {
  const stored = node['widgets_values'];
  if (isJsonObject(stored)) return membersOf(stored);
  const values = jsonArray(stored);
  const declared = alignNames(declaredWidgets(node), values);
  // The names in the file are those of the version that wrote it, if they account for every value.
  if (declared.used === values.length && declared.used > 0) return declared.named;
  const names = typeof known === 'function' ? known(values) : known;
  return alignNames(names ?? [], values).named;
}

/** Position of each named widget in `widgets_values`, for group nodes that share one list. */
export function alignNames(
  names: readonly (string | null)[],
  values: readonly JsonValue[],
): { readonly named: Map<string, JsonValue>; readonly used: number } {
  const named = new Map<string, JsonValue>();
  let at = 0;
  for (const name of names) {
    const value = values[at];
    if (value === undefined) break;
    at += 1;
    if (name === null) continue;
    named.set(name, value);
    if (isSeedControl(name, value, values[at])) at += 1;
  }
  return { named, used: at };
}

/** The canvas stores what to do with a number after each run right behind it. */
function isSeedControl(name: string, value: JsonValue, next: JsonValue | undefined): boolean {
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  if (isNumber && controls.has(next)) return true;
  // In early 2023 it was a checkbox.
  return (name === 'seed' || name === 'noise_seed') && typeof next === 'boolean';
}

export function declaredWidgets(node: JsonObject): readonly string[] {
  return jsonArray(node['inputs']).flatMap((input) => {
    const widget = jsonObject(jsonObject(input)?.['widget']);
    return jsonText(widget?.['name']) ?? [];
  });
}

function membersOf(stored: JsonObject): Map<string, JsonValue> {
  const members = Object.entries(stored).flatMap(([name, value]): readonly [string, JsonValue][] =>
    value === undefined || isJsonArray(value) ? [] : [[name, value]],
  );
  return new Map(members);
}
