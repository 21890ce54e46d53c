import { sourceIdentifiers } from './generators/automatic1111/source-identifier.ts';
import type { Generation, ImageMetadata, ModelReference } from './image-metadata.ts';
import { promptNetworks, promptTags } from './prompt-tags.ts';

/** A tag as IIB's index keeps it: `type` is `pos`, `lora`, `size`, `Model` and so on. */
export interface ExtractedTag {
  readonly type: string;
  readonly name: string;
}

/** What of a result the tags are made of. */
export type TagSource = Pick<ImageMetadata, 'container' | 'width' | 'height' | 'generator' | 'generation'>;

/**
 * IIB's automatic tags of a file: `pos` (positive prompt), `lora`, `lyco`, `size` (pixels, with
 * U+00D7), `Media Type`, and a type for each of `Model`, `Sampler`, `Source Identifier`, `Size`,
 * `Refiner`, `Hires upscaler`, `Postprocess upscale by` and `Postprocess upscaler`. A tag that
 * is not recorded is not made up, and none occurs twice.
 */
export function extractTags(metadata: TagSource): ExtractedTag[] {
  const { width, height, generator, generation } = metadata;
  const tags = new Map<string, ExtractedTag>();
  const add = (type: string, text: string | undefined) => {
    const name = text?.trim() ?? '';
    if (name !== '') tags.set(`${type}\0${name}`, { type, name });
  };
  if (width !== undefined && height !== undefined) add('size', `${width} × ${height}`);
  add('Media Type', mediaType(metadata.container));
  if (generator !== undefined) add('Source Identifier', sourceIdentifiers[generator]);
  if (generation !== undefined) addGeneration(generation, add);
  return [...tags.values()];
}

const audios: ReadonlySet<string> = new Set(['flac', 'ogg', 'mp3']);
const videos: ReadonlySet<string> = new Set(['mp4', 'mov', 'matroska', 'webm', 'avi']);

function mediaType(container: ImageMetadata['container']): string | undefined {
  if (container === undefined) return undefined;
  if (audios.has(container)) return 'Audio';
  return videos.has(container) ? 'Video' : 'Image';
}

function addGeneration(generation: Generation, add: (type: string, name: string | undefined) => void): void {
  const { parameters = {}, stages = [], prompt = '' } = generation;
  const hires = stages.find(({ role }) => role === 'hires');
  const refiner = stages.find(({ role }) => role === 'refiner');
  add('Model', generation.model?.name);
  add('Sampler', parameters['Sampler'] ?? generation.sampler);
  if (generation.width !== undefined && generation.height !== undefined) {
    add('Size', `${generation.width}x${generation.height}`);
  }
  add('Refiner', printModel(refiner?.model));
  add('Hires upscaler', hires?.upscaler);
  add('Postprocess upscale by', parameters['Postprocess upscale by']);
  add('Postprocess upscaler', parameters['Postprocess upscaler']);
  const lycos = promptNetworks(prompt, 'lyco');
  for (const name of lycos) add('lyco', name);
  for (const name of promptNetworks(prompt, 'lora')) add('lora', name);
  for (const { name } of generation.loras ?? []) if (!lycos.includes(name)) add('lora', name);
  for (const name of promptTags(prompt)) add('pos', name);
  for (const character of generation.characters ?? []) {
    for (const name of promptTags(character.prompt)) add('pos', name);
  }
}

function printModel(model: ModelReference | undefined): string | undefined {
  if (model?.name === undefined) return undefined;
  return model.hash === undefined ? model.name : `${model.name} [${model.hash}]`;
}
