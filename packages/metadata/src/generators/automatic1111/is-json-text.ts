import type { EmbeddedText } from '../../image-metadata.ts';
import { embeddedJson } from '../embedded-json.ts';
import { endOfBalanced } from './tokenise-settings.ts';

/**
 * Whether a text is JSON, and so no infotext: prompts begin with brackets and settings end with them too. A record that
 * is damaged or cut short stays one; where something follows it, it is a prompt.
 */
export function isJsonText(embedded: EmbeddedText): boolean {
  const { text } = embedded;
  const start = text.slice(0, 200).trimStart();
  if (jsonInJson.test(start)) return true;
  if (!/^[{[]/.test(start)) return false;
  const isClosed = /[}\]]\s*\0*$/.test(text.slice(-20));
  if (isClosed && embeddedJson(embedded) !== undefined) return true;
  return opensRecord.test(start) && !isFollowed(text);
}

/** Some writers turn a record into a text twice. */
const jsonInJson = /^"\s*[{[](?:\\[nrt]|\s)*\\"/;
const opensRecord = /^(?:\{\s*"[^"\n]*"\s*:|\[\s*\{\s*")/;

function isFollowed(text: string): boolean {
  const end = endOfBalanced(text, text.search(/[{[]/));
  return end !== undefined && /[^\s\0]/.test(text.slice(end));
}
