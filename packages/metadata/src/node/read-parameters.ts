import { type GenerationParameters, toGenerationParameters } from '../generation-parameters.ts';
import type { FileReadOptions } from '../read-options.ts';
import { readMetadata } from './read-file-metadata.ts';

/**
 * Prompt, negative prompt and settings of a file as three texts. Throws `MetadataError` for a path
 * that cannot be read.
 */
export async function readParameters(
  path: string,
  options: FileReadOptions = {},
): Promise<GenerationParameters> {
  return toGenerationParameters(await readMetadata(path, options));
}
