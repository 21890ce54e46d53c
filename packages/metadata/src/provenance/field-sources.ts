import { isEqual } from '../generators/automatic1111/to-infotext.ts';
import type { Generator, GeneratorInput } from '../generators/generator.ts';
import type { Description, EmbeddedText } from '../image-metadata.ts';
import type { MergedDescription } from '../merge-descriptions.ts';

/**
 * The description with the source of each field: the text that the generator found it in, as
 * location and key, or what the generator itself says (a node of a graph). Found by asking the
 * generators again for each text alone, which is why it is done only on request.
 */
export function withFieldSources(
  { description, taken }: MergedDescription,
  input: GeneratorInput,
  generators: readonly Generator[],
): Description {
  const sources = describedBy(input, generators);
  const own = sourceOf(description, taken, sources);
  const provenance: Record<string, string> = {};
  for (const key of Object.keys(description.generation)) {
    if (key === 'provenance') continue;
    const other = taken.get(key);
    provenance[key] =
      other === undefined
        ? (description.generation.provenance?.[key] ?? own)
        : (sources.find((source) => isEqual(source.description, other))?.from ?? other.generator);
  }
  return { ...description, generation: { ...description.generation, provenance } };
}

interface Source {
  readonly description: Description;
  readonly from: string;
}

function describedBy(input: GeneratorInput, generators: readonly Generator[]): Source[] {
  return input.embedded.flatMap((embedded) =>
    generators.flatMap((generator) =>
      generator
        .parse({ ...input, embedded: [embedded], warn: () => undefined })
        .map((description) => ({ description, from: nameOf(embedded) })),
    ),
  );
}

/** The text that alone gives the same fields; where it takes several, the generator's name. */
function sourceOf(
  { generator, generation }: Description,
  taken: ReadonlyMap<string, Description>,
  sources: readonly Source[],
): string {
  const { provenance: _, ...fields } = generation;
  const own = Object.fromEntries(Object.entries(fields).filter(([key]) => !taken.has(key)));
  const exact = sources.find(
    (source) =>
      source.description.generator === generator &&
      isEqual({ ...source.description.generation, provenance: undefined }, own),
  );
  return (
    exact?.from ?? sources.find((source) => source.description.generator === generator)?.from ?? generator
  );
}

function nameOf({ location, key }: EmbeddedText): string {
  return key === '' || location.endsWith(`:${key}`) ? location : `${location}/${key}`;
}
