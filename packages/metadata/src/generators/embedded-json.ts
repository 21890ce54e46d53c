import type { EmbeddedText } from '../image-metadata.ts';
import type { JsonValue } from '../json/json-value.ts';
import { looksLikeJson, parseNestedJson } from '../json/parse-tolerant-json.ts';

const parsed = new WeakMap<EmbeddedText, JsonValue | undefined>();

/** The text as JSON, parsed once however many generators ask. Undefined when it is none. */
export function embeddedJson(embedded: EmbeddedText): JsonValue | undefined {
  if (parsed.has(embedded)) return parsed.get(embedded);
  const value = looksLikeJson(embedded.text) ? parseNestedJson(embedded.text) : undefined;
  parsed.set(embedded, value);
  return value;
}
