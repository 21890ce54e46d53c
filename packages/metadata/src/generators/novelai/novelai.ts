import type { Description, EmbeddedText } from '../../image-metadata.ts';
import { jsonObject, jsonText, type JsonObject } from '../../json/json-value.ts';
import { parseNestedJson } from '../../json/parse-tolerant-json.ts';
import { embeddedObjects } from '../embedded-objects.ts';
import type { Generator } from '../generator.ts';
import { describeComment } from './describe-comment.ts';
import type { NovelAiFrame } from './novelai-frame.ts';

/**
 * NovelAI: text chunks in PNG; in WebP and in the alpha channel one JSON object with the same names,
 * whose `Comment` is JSON again.
 */
export const novelai: Generator = {
  id: 'novelai',
  readsJsonOnly: true,
  parse({ embedded }) {
    const found = fromChunks(embedded) ?? fromEnvelope(embedded);
    return found === undefined ? [] : [found];
  },
};

function fromChunks(embedded: readonly EmbeddedText[]): Description | undefined {
  const textOf = (key: string): string | undefined => embedded.find((text) => text.key === key)?.text;
  const isNamed = textOf('Software') === 'NovelAI';
  for (const { embedded: text, object } of embeddedObjects(embedded)) {
    if (!(isNamed && text.key === 'Comment') && !isComment(object)) continue;
    const frame = frameOf(textOf('Description'), textOf('Source'), textOf('Generation time'));
    return describeComment(object, isNamed ? frame : {});
  }
  return undefined;
}

function fromEnvelope(embedded: readonly EmbeddedText[]): Description | undefined {
  for (const { object } of embeddedObjects(embedded)) {
    const comment = commentIn(object);
    if (comment === undefined) continue;
    const { Description: description, Source: source } = object;
    return describeComment(
      comment,
      frameOf(jsonText(description), jsonText(source), jsonText(object['Generation time'])),
    );
  }
  return undefined;
}

function commentIn(envelope: JsonObject): JsonObject | undefined {
  const { Comment: comment, Software: software } = envelope;
  const object = typeof comment === 'string' ? jsonObject(parseNestedJson(comment)) : jsonObject(comment);
  if (object === undefined) return undefined;
  return software === 'NovelAI' || isComment(object) ? object : undefined;
}

/** Settings that only NovelAI names so. */
function isComment(object: JsonObject): boolean {
  if (typeof object['signed_hash'] === 'string' && 'sampler' in object) return true;
  return 'v4_prompt' in object || ('uc' in object && 'noise_schedule' in object && 'scale' in object);
}

function frameOf(
  description: string | undefined,
  source: string | undefined,
  generationTime: string | undefined,
): NovelAiFrame {
  return {
    ...(description !== undefined && { description }),
    ...(source !== undefined && { source }),
    ...(generationTime !== undefined && { generationTime }),
  };
}
