import type { Description, EmbeddedText, MetadataWarning } from '../../src/image-metadata.ts';
import type { Generator, GeneratorInput } from '../../src/generators/generator.ts';

export interface DescribedTexts {
  readonly descriptions: readonly Description[];
  readonly warnings: readonly MetadataWarning[];
}

/** Lets one generator read texts as a container gives them. */
export function describeTexts(
  generator: Generator,
  embedded: readonly EmbeddedText[],
  facts: Partial<Pick<GeneratorInput, 'width' | 'height' | 'fileName'>> = {},
): DescribedTexts {
  const warnings: MetadataWarning[] = [];
  const descriptions = generator.parse({
    embedded,
    width: facts.width,
    height: facts.height,
    fileName: facts.fileName,
    warn: (warning) => warnings.push(warning),
  });
  return { descriptions, warnings };
}
