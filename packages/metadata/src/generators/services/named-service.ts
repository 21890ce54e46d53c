import type { EmbeddedText, GeneratorId } from '../../image-metadata.ts';
import type { Generator } from '../generator.ts';

/** A service that puts its name into its pictures, and nothing of how they were made. */
export function namedService(
  id: GeneratorId,
  isNamed: (embedded: readonly EmbeddedText[]) => boolean,
): Generator {
  return { id, parse: ({ embedded }) => (isNamed(embedded) ? [{ generator: id, generation: {} }] : []) };
}

const toolKeys: ReadonlySet<string> = new Set(['software', 'creatortool', 'make', 'creator', 'generator']);

/** Whether a text that names the tool of the file is of this pattern. */
export function hasTool(embedded: readonly EmbeddedText[], pattern: RegExp): boolean {
  return embedded.some(({ key, text }) => {
    const name = key.slice(key.lastIndexOf(':') + 1).toLowerCase();
    return toolKeys.has(name) && text.length < 200 && pattern.test(text.trim());
  });
}
