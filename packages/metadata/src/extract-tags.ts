import { containerKinds } from './containers/container-kinds.ts';
import { sourceIdentifier } from './generators/automatic1111/source-identifier.ts';
import { bareModelName } from './generators/fields/bare-model-name.ts';
import { samplerName } from './generators/fields/sampler-name.ts';
import type { Generation, ImageMetadata, ModelReference } from './image-metadata.ts';
import type { MediaKind } from './media-kinds.ts';
import { promptNetworks, promptTags } from './prompt-tags.ts';

/** A tag as IIB's index keeps it: `type` is `pos`, `lora`, `size`, `Model` and so on. */
export interface ExtractedTag {
  readonly type: string;
  readonly name: string;
}

/** What of a result the tags are made of. */
export type TagSource = Pick<
  ImageMetadata,
  'container' | 'width' | 'height' | 'generator' | 'generatorLabel' | 'generation'
>;

/**
 * IIB's automatic tags of a file: `pos` (positive prompt), `lora`, `lyco`, `size` (pixels, with
 * U+00D7), `Media Type`, and a type for each of `Model`, `Sampler`, `Source Identifier`, `Refiner`,
 * `Hires upscaler`, `Postprocess upscale by` and `Postprocess upscaler`. What was upscaled or refined
 * carries `Hires All` or `Refiner All` of that type too. A model has its name without folder and ending beside it, a
 * sampler the spelling of the web UI. A tag that is not recorded is not made up, and
 * none occurs twice.
 */
export function extractTags(metadata: TagSource): ExtractedTag[] {
  const { width, height, generator, generation } = metadata;
  const tags: ExtractedTag[] = [];
  const add: AddTag = (type, text) => {
    const name = text?.trim() ?? '';
    if (name !== '') tags.push({ type, name });
  };
  if (width !== undefined && height !== undefined) add('size', `${width} × ${height}`);
  if (metadata.container !== undefined) add('Media Type', mediaTypes[containerKinds[metadata.container]]);
  if (generator !== undefined) add('Source Identifier', sourceIdentifier(generator, metadata.generatorLabel));
  if (generation !== undefined) addGeneration(generation, add);
  return tags;
}

type AddTag = (type: string, name: string | undefined) => void;

const mediaTypes: Readonly<Record<MediaKind, string>> = { image: 'Image', video: 'Video', audio: 'Audio' };

function addGeneration(generation: Generation, add: AddTag): void {
  const { parameters = {}, stages = [], prompt = '' } = generation;
  const hires = stages.find(({ role }) => role === 'hires');
  const refiner = stages.find(({ role }) => role === 'refiner');
  addSpellings('Model', generation.model?.name, bareName(generation.model), add);
  const sampler = parameters['Sampler'] ?? generation.sampler;
  addSpellings('Sampler', sampler, commonName(generation.sampler, sampler), add);
  addWithAll('Refiner', printModel(refiner?.model), add);
  addWithAll('Hires upscaler', hires?.upscaler, add);
  add('Postprocess upscale by', parameters['Postprocess upscale by']);
  add('Postprocess upscaler', parameters['Postprocess upscaler']);
  addEach('lyco', promptNetworks(prompt, 'lyco'), add);
  addEach('lora', loraNames(generation), add);
  addEach('pos', positiveTags(generation), add);
}

/** As recorded, and in the one spelling that all tools share, by which a filter counts one thing once. */
function addSpellings(
  type: string,
  recorded: string | undefined,
  shared: string | undefined,
  add: AddTag,
): void {
  add(type, recorded);
  if (shared?.trim() !== recorded?.trim()) add(type, shared);
}

function bareName(model: ModelReference | undefined): string | undefined {
  return model?.name === undefined ? undefined : bareModelName(model.name);
}

/** None for a name that the web UI wrote itself, with a schedule behind it as it did once. */
function commonName(sampler: string | undefined, recorded: string | undefined): string | undefined {
  const name = sampler === undefined ? undefined : samplerName(sampler);
  return name === undefined || recorded?.startsWith(name) === true ? undefined : name;
}

/** Beside what was used, a tag that finds all for which anything was. */
function addWithAll(type: 'Refiner' | 'Hires upscaler', name: string | undefined, add: AddTag): void {
  add(type, name);
  if (name !== undefined && name.trim() !== '') add(type, allNames[type]);
}

const allNames = { Refiner: 'Refiner All', 'Hires upscaler': 'Hires All' } as const;

function addEach(type: string, names: readonly string[], add: AddTag): void {
  for (const name of names) add(type, name);
}

function loraNames({ prompt = '', loras = [] }: Generation): readonly string[] {
  const inPrompt = promptNetworks(prompt, 'lora');
  if (loras.length === 0) return inPrompt;
  const lycos = promptNetworks(prompt, 'lyco');
  const others = loras.map(({ name }) => name.trim()).filter((name) => !lycos.includes(name));
  return [...new Set([...inPrompt, ...others])];
}

function positiveTags({ prompt = '', characters = [] }: Generation): readonly string[] {
  const tags = promptTags(prompt);
  if (characters.length === 0) return tags;
  return [...new Set([...tags, ...characters.flatMap((character) => promptTags(character.prompt))])];
}

function printModel(model: ModelReference | undefined): string | undefined {
  if (model?.name === undefined) return undefined;
  return model.hash === undefined ? model.name : `${model.name} [${model.hash}]`;
}
