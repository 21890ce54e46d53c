import type { Findings } from './containers/findings.ts';
import type { GeneratorInput } from './generators/generator.ts';
import { generatorList } from './generators/generators.ts';
import type { Description, ImageMetadata } from './image-metadata.ts';
import type { ReadOptions } from './read-options.ts';

const unknownMedium: ImageMetadata = {
  container: undefined,
  width: undefined,
  height: undefined,
  embedded: [],
  generator: undefined,
  generation: undefined,
  aiGenerated: undefined,
  alternatives: [],
  warnings: [],
};

/** Asks every generator what the findings mean; the first by precedence is the file's own. */
export function describe(
  found: Findings | undefined,
  name: string | undefined,
  options: ReadOptions,
): ImageMetadata {
  if (found === undefined) return unknownMedium;
  const [first, ...alternatives] = descriptionsOf(found, name, options);
  return {
    container: found.container,
    width: found.width,
    height: found.height,
    embedded: found.embedded,
    generator: first?.generator,
    generation: first?.generation,
    aiGenerated: found.provenance[0],
    alternatives,
    warnings: found.warnings,
  };
}

function descriptionsOf(found: Findings, name: string | undefined, options: ReadOptions): Description[] {
  if (found.embedded.length === 0) return [];
  const input: GeneratorInput = {
    embedded: found.embedded,
    width: found.width,
    height: found.height,
    fileName: options.fileName ?? name,
    warn: (warning) => found.warn(warning.code, warning.message),
  };
  return [...(options.generators ?? []), ...generatorList].flatMap((generator) => [
    ...generator.parse(input),
  ]);
}
