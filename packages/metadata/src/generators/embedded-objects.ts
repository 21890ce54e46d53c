import type { EmbeddedText } from '../image-metadata.ts';
import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { embeddedJson } from './embedded-json.ts';
import { RecentValues } from './recent-values.ts';

export interface EmbeddedObject {
  readonly embedded: EmbeddedText;
  readonly object: JsonObject;
}

/** Every generator asks for the same texts of the same file. */
const found = new RecentValues<readonly EmbeddedText[], readonly EmbeddedObject[]>();

/** The texts of a file that are JSON objects. */
export function embeddedObjects(embedded: readonly EmbeddedText[]): readonly EmbeddedObject[] {
  const known = found.get(embedded);
  if (known !== undefined) return known;
  const objects = embedded.flatMap((text) => {
    const object = embeddedJson(text);
    return isJsonObject(object) ? [{ embedded: text, object }] : [];
  });
  if (objects.length > 0) found.set(embedded, objects);
  return objects;
}
