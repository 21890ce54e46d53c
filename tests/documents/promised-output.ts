/**
 * What the comments that stand on lines of their own say that an example prints: `...` may be anything, and blanks are
 * all alike.
 */
export function promisedOutput(code: string): RegExp {
  const lines = [...code.matchAll(/^(?:\/\/|#) (?<text>.*)$/gm)].map((match) => match.groups?.['text'] ?? '');
  const words = lines.join(' ').trim().split(/\s+/);
  const pattern = words.map((word) => word.split('...').map(escaped).join('.*')).join('\\s+');
  return new RegExp(`^\\s*${pattern}\\s*$`, 's');
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
