import { printInfotext } from './generators/automatic1111/to-infotext.ts';
import type { ImageMetadata } from './image-metadata.ts';

/** The three texts that a generation comes down to; each `''` where nothing was recorded. */
export interface GenerationParameters {
  readonly prompt: string;
  readonly negative_prompt: string;
  /** The settings on one line, such as `Steps: 20, Sampler: Euler a, Seed: 5`. */
  readonly generation_params: string;
}

/** The texts of a result. */
export function toGenerationParameters({
  generation = {},
}: Pick<ImageMetadata, 'generation'>): GenerationParameters {
  const { prompt = '', negativePrompt = '', ...settings } = generation;
  return {
    prompt,
    negative_prompt: negativePrompt,
    generation_params: printInfotext(settings, undefined, { extraInfo: false }),
  };
}
