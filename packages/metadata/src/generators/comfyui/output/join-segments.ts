import type { PromptSegment } from '../../../image-metadata.ts';

/** One text of several: each on its own line, those of equal text once. Undefined when there is none. */
export function joinSegments(segments: readonly PromptSegment[]): string | undefined {
  if (segments.length === 0) return undefined;
  const texts = segments.map(({ text }) => text).filter((text) => text !== '');
  return [...new Set(texts)].join('\n');
}
