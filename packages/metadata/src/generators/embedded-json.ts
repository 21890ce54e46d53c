import type { EmbeddedText } from '../image-metadata.ts';
import type { JsonValue } from '../json/json-value.ts';
import { looksLikeJson, parseNestedJson } from '../json/parse-tolerant-json.ts';
import { RecentValues } from './recent-values.ts';

const parsed = new RecentValues<EmbeddedText, { readonly value: JsonValue | undefined }>();

/** The text as JSON, parsed once however many generators ask. Undefined when it is none. */
export function embeddedJson(embedded: EmbeddedText): JsonValue | undefined {
  // Most texts are none, which costs less to see again than to remember.
  if (!looksLikeJson(embedded.text)) return undefined;
  const known = parsed.get(embedded);
  if (known !== undefined) return known.value;
  const value = parseNestedJson(embedded.text);
  parsed.set(embedded, { value });
  return value;
}
