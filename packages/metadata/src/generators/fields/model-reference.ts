import type { ModelReference } from '../../image-metadata.ts';
import { definedOnly } from './defined-only.ts';

/** A model by name, by hash or by both; undefined where neither is recorded. */
export function modelReference(
  name: string | undefined,
  hash: string | undefined,
): ModelReference | undefined {
  return name === undefined && hash === undefined ? undefined : definedOnly({ name, hash });
}
