import type { Findings } from './containers/findings.ts';
import { embeddedObjects } from './generators/embedded-objects.ts';
import { comfyui, createComfyUiGenerator } from './generators/comfyui/comfyui.ts';
import type { ExifValue } from './exif/list-exif.ts';
import type { Generator, GeneratorInput } from './generators/generator.ts';
import { generatorList } from './generators/generators.ts';
import { nextFile } from './generators/recent-values.ts';
import type { Description, Generation, ImageMetadata } from './image-metadata.ts';
import { mergeDescriptions, withoutRepeats } from './merge-descriptions.ts';
import { aiProvenance } from './provenance/ai-provenance.ts';
import { withFieldSources } from './provenance/field-sources.ts';
import type { ReadOptions } from './read-options.ts';

/** What a file says that is no known medium. */
export const unknownMedium: ImageMetadata = {
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
export function describe(found: Findings, name: string | undefined, options: ReadOptions): ImageMetadata {
  nextFile();
  const generators = generatorsFor(options);
  const input: GeneratorInput = {
    embedded: found.embedded,
    width: found.width,
    height: found.height,
    fileName: options.fileName ?? name,
    warn: (warning) => found.warn(warning.code, warning.message),
  };
  const descriptions = descriptionsOf(input, generators);
  const merged = mergeDescriptions(descriptions);
  const asked = options.provenance === true;
  const own = asked && merged ? withFieldSources(merged, input, generators) : merged?.description;
  return {
    container: found.container,
    width: found.width,
    height: found.height,
    ...(found.timing && { timing: found.timing }),
    embedded: found.embedded,
    ...(found.exif && { exif: withoutRepeatedNames(found.exif) }),
    generator: own?.generator,
    ...(own?.generatorLabel !== undefined && { generatorLabel: own.generatorLabel }),
    generation: own && withProvenance(own.generation, asked),
    aiGenerated: aiProvenance(found.embedded, own && saysMaking(own) ? own : undefined),
    alternatives: descriptions.slice(1).map(({ generation, ...named }) => ({
      ...named,
      generation: withProvenance(generation, asked),
    })),
    warnings: found.warnings,
  };
}

/** A file may hold several blocks; the first to say something has it. */
function withoutRepeatedNames(values: readonly ExifValue[]): readonly ExifValue[] {
  const byName = new Map<string, ExifValue>();
  for (const value of values) if (!byName.has(value.name)) byName.set(value.name, value);
  return [...byName.values()];
}

function descriptionsOf(input: GeneratorInput, generators: readonly Generator[]): Description[] {
  if (input.embedded.length === 0) return [];
  const hasObjects = embeddedObjects(input.embedded).length > 0;
  const found: Description[] = [];
  for (const generator of generators) {
    if (!hasObjects && generator.readsJsonOnly === true) continue;
    const { label } = generator;
    const descriptions = generator.parse(input);
    found.push(...(label === undefined ? descriptions : descriptions.map((each) => labelled(each, label))));
  }
  const [first] = found;
  const said = withoutRepeats(found.filter(({ generation }) => Object.keys(generation).length > 0));
  return said.length > 0 || first === undefined ? said : [first];
}

function labelled(description: Description, label: string): Description {
  return { ...description, generatorLabel: description.generatorLabel ?? label };
}

/** Whether a file says how it was made, or by a service that does nothing else. */
export function isDescribed({ generator, generation }: ImageMetadata): boolean {
  return generator !== undefined && generation !== undefined && saysMaking({ generator, generation });
}

/** The name of ComfyUI alone says little: its graphs cut and enlarge photographs as well. */
function saysMaking({ generator, generation }: Description): boolean {
  return generator !== 'comfyui' || Object.keys(generation).length > 0;
}

function generatorsFor({ generators = [], comfyNodeKinds }: ReadOptions): readonly Generator[] {
  if (comfyNodeKinds === undefined) {
    return generators.length === 0 ? generatorList : [...generators, ...generatorList];
  }
  const taught = createComfyUiGenerator({ nodeKinds: comfyNodeKinds });
  return [...generators, ...generatorList.map((generator) => (generator === comfyui ? taught : generator))];
}

function withProvenance(generation: Generation, asked: boolean): Generation {
  if (asked || generation.provenance === undefined) return generation;
  const { provenance: _, ...rest } = generation;
  return rest;
}
