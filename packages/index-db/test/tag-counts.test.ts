import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ScannedFile } from '@iib-kit/catalog/scan';
import { createTag, setTag } from '../src/sqlite/write/tags/custom-tags.ts';
import { movePaths, removePaths } from '../src/sqlite/write/images/follow-paths.ts';
import { mergeTags, removeTag } from '../src/sqlite/write/tags/manage-tags.ts';
import { recountTags } from '../src/sqlite/tables/recount-tags.ts';
import { removeMissing, writeBatch } from '../src/sqlite/write/images/write-batch.ts';
import { openWriterStore, type WriterStore } from '../src/sqlite/write/writer-store.ts';

const vocabulary = ['fox', 'red', 'night'].map((name) => ({ type: 'pos', name }));
const custom = ['a', 'b', 'c'];
const path = (number: number): string => `/p/${number % 2}/${number}.png`;
const number = fc.nat(5);
const tagName = fc.constantFrom(...custom);

const operation = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    number,
    tags: fc.subarray([0, 1, 2]),
    modified: fc.nat(3),
    content: fc.nat(2),
  }),
  fc.record({ kind: fc.constant('vanish' as const), number }),
  fc.record({ kind: fc.constant('delete' as const), number }),
  fc.record({ kind: fc.constant('move' as const), number, to: number }),
  fc.record({
    kind: fc.constant('tag' as const),
    number,
    name: tagName,
    action: fc.constantFrom('add' as const, 'remove' as const),
  }),
  fc.record({ kind: fc.constant('merge' as const), name: tagName, into: tagName }),
  fc.record({ kind: fc.constant('removeTag' as const), name: tagName }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

function apply(store: WriterStore, step: Operation): void {
  const idOf = (name: string): number => createTag(store, name).id;
  switch (step.kind) {
    case 'write': {
      const file = {
        path: path(step.number),
        folder: '/p/0',
        bytes: 1,
        created: 0,
        media: 0 as const,
        text: `t${step.number}`,
        modified: step.modified,
        fingerprint: step.content,
        sidecar: 0,
        tags: [...new Set(step.tags)],
        id: undefined,
        width: undefined,
        height: undefined,
        seed: undefined,
        steps: undefined,
        cfgScale: undefined,
        generator: undefined,
      } satisfies ScannedFile;
      writeBatch(store, { files: [file], failures: [], tags: vocabulary });
      break;
    }
    case 'vanish': {
      const id = store.images.idOf(path(step.number));
      if (id !== undefined) removeMissing(store, { images: [{ id, path: path(step.number) }], failures: [] });
      break;
    }
    case 'delete':
      removePaths(store, [path(step.number)]);
      break;
    case 'move':
      movePaths(store, [{ from: path(step.number), to: path(step.to) }]);
      break;
    case 'tag': {
      if (store.images.idOf(path(step.number)) === undefined) break;
      setTag(store, [path(step.number)], idOf(step.name), step.action);
      break;
    }
    case 'merge':
      mergeTags(store, idOf(step.name), idOf(step.into));
      break;
    case 'removeTag':
      removeTag(store, idOf(step.name));
      break;
    default:
      step satisfies never;
  }
}

it('stored counts agree with the rows after any sequence of operations, and no row hangs on nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { maxLength: 25 }), async (steps) => {
      const store = await openWriterStore(':memory:');
      for (const step of steps) apply(store, step);
      const { db } = store;
      expect(recountTags(db)).toBe(0);
      const counted =
        db.prepare(`SELECT value FROM library_state WHERE name = 'image_count'`).pluck().get() ?? 0;
      expect(counted).toBe(db.prepare('SELECT count(*) FROM image').pluck().get());
      expect(db.prepare('SELECT count(*) FROM media_info').pluck().get()).toBe(counted);
      expect(db.pragma('foreign_key_check')).toEqual([]);
      db.close();
    }),
    { numRuns: 120 },
  );
});
