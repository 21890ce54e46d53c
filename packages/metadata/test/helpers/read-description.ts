import type { Generation, GeneratorId } from '../../src/image-metadata.ts';
import { readMetadataSync } from '../../src/read-metadata.ts';

export interface ReadDescription {
  readonly generator: GeneratorId | undefined;
  readonly generation: Generation | undefined;
}

/** What a whole file says of its making, by way of its container and the list of generators. */
export function readDescription(file: Uint8Array, fileName?: string): ReadDescription {
  const { generator, generation } = readMetadataSync(file, fileName === undefined ? {} : { fileName });
  return { generator, generation };
}
