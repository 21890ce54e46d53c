import path from 'node:path';
import type { Description, MetadataWarning } from '../../src/image-metadata.ts';
import type { Generator } from '../../src/generators/generator.ts';
import { embeddedTexts } from './embedded-texts.ts';
import { readSample } from './read-sample.ts';

export interface ParsedSample {
  readonly descriptions: readonly Description[];
  readonly warnings: readonly MetadataWarning[];
}

/** Lets one generator read one real file. */
export function parseSample(generator: Generator, name: string): ParsedSample {
  const warnings: MetadataWarning[] = [];
  const file = embeddedTexts(readSample(name));
  const descriptions = generator.parse({
    ...file,
    fileName: path.basename(name),
    warn: (warning) => warnings.push(warning),
  });
  return { descriptions, warnings };
}
