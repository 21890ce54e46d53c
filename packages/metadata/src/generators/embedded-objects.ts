import type { EmbeddedText } from '../image-metadata.ts';
import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { embeddedJson } from './embedded-json.ts';

export interface EmbeddedObject {
  readonly embedded: EmbeddedText;
  readonly object: JsonObject;
}

/** The texts of a file that are JSON objects. */
export function embeddedObjects(embedded: readonly EmbeddedText[]): readonly EmbeddedObject[] {
  return embedded.flatMap((text) => {
    const object = embeddedJson(text);
    return isJsonObject(object) ? [{ embedded: text, object }] : [];
  });
}
