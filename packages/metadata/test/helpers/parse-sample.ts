import path from 'node:path';
import type { Description, MetadataWarning } from '../../src/image-metadata.ts';
import type { Generator } from '../../src/generators/generator.ts';
import { readMetadataSync } from '../../src/read-metadata.ts';
import { readSample } from './read-sample.ts';

export interface ParsedSample {
  readonly descriptions: readonly Description[];
  readonly warnings: readonly MetadataWarning[];
}

/** Lets one generator read one real file, or those of its texts that are wanted. */
export function parseSample(
  generator: Generator,
  name: string,
  isWanted: (text: string) => boolean = () => true,
): ParsedSample {
  const warnings: MetadataWarning[] = [];
  const { embedded, width, height } = readMetadataSync(readSample(name));
  const descriptions = generator.parse({
    embedded: embedded.filter(({ text }) => isWanted(text)),
    width,
    height,
    fileName: path.basename(name),
    warn: (warning) => warnings.push(warning),
  });
  return { descriptions, warnings };
}
