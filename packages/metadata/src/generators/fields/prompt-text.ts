import type { JsonValue } from '../../json/json-value.ts';

/** A prompt without blanks around it; an empty one stays, because it was recorded. */
export function promptText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : undefined;
}
