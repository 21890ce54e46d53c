import { jsonText, type JsonValue } from '../../../json/json-value.ts';

/** Ids are numbers on the canvas and strings in subgraphs and API graphs: here they are strings. */
export function idOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return jsonText(value);
}
