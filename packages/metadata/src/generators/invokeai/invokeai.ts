import type { Description, EmbeddedText } from '../../image-metadata.ts';
import { jsonObject, type JsonObject, printJson } from '../../json/json-value.ts';
import { embeddedJson } from '../embedded-json.ts';
import type { Generator } from '../generator.ts';
import { describeDream } from './describe-dream.ts';
import { describeGraph } from './describe-graph.ts';
import { describeMetadata } from './describe-metadata.ts';
import { describeSdMetadata } from './describe-sd-metadata.ts';

/** InvokeAI of all generations: `invokeai_metadata` and graph, `sd-metadata`, `Dream`. */
export const invokeai: Generator = {
  id: 'invokeai',
  parse(input) {
    const hasParts = input.embedded.some(({ text }) => text.includes('"invokeai_'));
    const embedded = hasParts ? input.embedded.flatMap(withParts) : input.embedded;
    const descriptions: Description[] = [];
    const note = (description: Description | undefined): void => {
      if (description !== undefined) descriptions.push(description);
    };
    note(currentRecord(embedded));
    for (const text of embedded) note(secondRecord(text));
    for (const text of embedded) note(firstRecord(text));
    return descriptions;
  },
};

const partKeys = ['invokeai_metadata', 'invokeai_graph'];

/** Of videos, what pictures have in texts of their own lies in one object beside the file, each part as a text. */
function withParts(embedded: EmbeddedText): readonly EmbeddedText[] {
  const object = jsonObject(embeddedJson(embedded));
  const parts = partKeys.flatMap((key): EmbeddedText[] => {
    const part = object?.[key];
    if (part === undefined || part === null) return [];
    return [{ location: embedded.location, key, text: printJson(part) }];
  });
  return parts.length === 0 ? [embedded] : parts;
}

/** From version 3 on: a record of the settings, and the graph for what the record lacks. */
function currentRecord(embedded: readonly EmbeddedText[]): Description | undefined {
  const record = objectAt(embedded, 'invokeai_metadata', isRecord);
  const graph = objectAt(
    embedded,
    'invokeai_graph',
    (object, isNamed) => isNamed && jsonObject(object['nodes']) !== undefined,
  );
  if (record === undefined && graph === undefined) return undefined;
  const fromGraph = graph === undefined ? {} : describeGraph(graph);
  const fromRecord = record === undefined ? {} : describeMetadata(record);
  const generation = { ...fromGraph, ...fromRecord };
  if (Object.keys(generation).length === 0) return undefined;
  return { generator: 'invokeai', generation };
}

function objectAt(
  embedded: readonly EmbeddedText[],
  key: string,
  isMeant: (object: JsonObject, isNamed: boolean) => boolean,
): JsonObject | undefined {
  for (const text of embedded) {
    const isNamed = text.key === key;
    if (!isNamed && !text.location.startsWith('sidecar:')) continue;
    const object = jsonObject(embeddedJson(text));
    if (object !== undefined && isMeant(object, isNamed)) return object;
  }
  return undefined;
}

/** Later settings are added freely; these are what a record of a picture has at the least. */
function isRecord(object: JsonObject, isNamed: boolean): boolean {
  // Beside a picture lies JSON of many programs, most of which know a model.
  if (!isNamed)
    return 'generation_mode' in object && ('positive_prompt' in object || 'app_version' in object);
  return ['generation_mode', 'positive_prompt', 'model', 'app_version', 'canvas_v2_metadata'].some(
    (each) => each in object,
  );
}

function secondRecord(embedded: EmbeddedText): Description | undefined {
  const object = jsonObject(embeddedJson(embedded));
  if (object === undefined || embedded.key === 'invokeai_metadata') return undefined;
  return describeSdMetadata(object);
}

function firstRecord(embedded: EmbeddedText): Description | undefined {
  return embedded.key === 'Dream' ? describeDream(embedded.text) : undefined;
}
