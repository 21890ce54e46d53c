import type { Description, Generation, GeneratorId } from '../image-metadata.ts';
import type { JsonObject } from '../json/json-value.ts';
import { type EmbeddedObject, embeddedObjects } from './embedded-objects.ts';
import type { Generator, GeneratorInput } from './generator.ts';

/**
 * A dialect that is a JSON object wherever it lies. `describe` answers undefined for an object that is not its own.
 * They share the code that asks them, which is run for every file and so has to be compiled once only.
 */
export function objectGenerator(
  id: GeneratorId,
  describe: (object: JsonObject, input: GeneratorInput, found: EmbeddedObject) => Generation | undefined,
): Generator {
  return {
    id,
    readsJsonOnly: true,
    parse(input) {
      const descriptions: Description[] = [];
      for (const found of embeddedObjects(input.embedded)) {
        const generation = describe(found.object, input, found);
        if (generation !== undefined) descriptions.push({ generator: id, generation });
      }
      return descriptions;
    },
  };
}
