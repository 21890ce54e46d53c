const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('latin1');
const utf16Little = new TextDecoder('utf-16le');
const utf16Big = new TextDecoder('utf-16be');

/** UTF-8 where the bytes are UTF-8, else Latin-1: writers of "Latin-1" slots rarely obey. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return latin1.decode(bytes);
  }
}

/** Strict UTF-8, or undefined. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

export function decodeUtf16(bytes: Uint8Array, order: 'little' | 'big'): string {
  return (order === 'little' ? utf16Little : utf16Big).decode(bytes);
}

/** Names of chunks, boxes and tags: one character a byte. */
export function asciiAt(bytes: Uint8Array, at: number, length: number): string {
  let text = '';
  const end = Math.min(at + length, bytes.length);
  for (let index = at; index < end; index += 1) text += String.fromCharCode(bytes[index] ?? 0);
  return text;
}

/** Without the NUL characters that pad texts at either end. */
export function trimNul(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) === 0) start += 1;
  while (end > start && text.charCodeAt(end - 1) === 0) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
