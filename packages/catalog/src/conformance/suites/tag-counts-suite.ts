import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import type { ConformanceTools } from '../conformance-tools.ts';
import { recordDescriber } from '../library/temporary-library.ts';
import { writeRecord } from '../library/write-record.ts';

const vocabulary = ['fox', 'red', 'night'].map((name) => ({ type: 'pos', name }));
const number = fc.nat(5);
const userTag = fc.constantFrom('a', 'b', 'c');

// An update takes longer than all other writing together.
const updating = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), number, tags: fc.subarray(vocabulary), time: fc.nat(3) }),
  fc.record({ kind: fc.constant('vanish' as const), number }),
  fc.record({ kind: fc.constant('move' as const), number, to: number, isTold: fc.constant(false) }),
);
const other = fc.oneof(
  fc.record({ kind: fc.constant('remove' as const), number }),
  fc.record({ kind: fc.constant('move' as const), number, to: number, isTold: fc.constant(true) }),
  fc.record({ kind: fc.constant('add' as const), number, tag: userTag }),
  fc.record({ kind: fc.constant('take' as const), number, tag: userTag }),
  fc.record({ kind: fc.constant('toggle' as const), number, tag: userTag }),
  fc.record({ kind: fc.constant('merge' as const), tag: userTag, into: userTag }),
  fc.record({ kind: fc.constant('drop' as const), tag: userTag }),
);
const operation = fc.oneof({ weight: 1, arbitrary: updating }, { weight: 2, arbitrary: other });
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Names of the tags of an image, those of its text and those of the user. */
interface Tagged {
  own: readonly string[];
  readonly user: Set<string>;
}

/** Whatever is done, tags are counted as they are found. */
export function tagCountsSuite({ it, expect, temporaryLibrary }: ConformanceTools): void {
  async function openTagged() {
    const library = temporaryLibrary();
    const index = await library.open({ describer: recordDescriber });
    const pathOf = (at: number): string => library.at(`${at % 2}/${at}.png`);
    const tagged = new Map<string, Tagged>();
    let contents = 0;
    // A root that is empty is taken for a drive that is not there.
    writeRecord(library.at('always.png'), {});
    tagged.set(library.at('always.png'), { own: [], user: new Set() });
    const update = () => index.update([library.root]);
    await update();
    const idOf = async (name: string) => (await index.createTag(name)).id;

    async function give(
      { number: at, tag }: { number: number; tag: string },
      isGiven: boolean,
    ): Promise<void> {
      const known = tagged.get(pathOf(at));
      if (known === undefined) return;
      await index.setTag([pathOf(at)], await idOf(tag), isGiven ? 'add' : 'remove');
      if (isGiven) known.user.add(tag);
      else known.user.delete(tag);
    }

    async function move(from: string, to: string, isTold: boolean): Promise<void> {
      const known = tagged.get(from);
      if (known === undefined || from === to || (existsSync(to) && !isTold)) return;
      mkdirSync(dirname(to), { recursive: true });
      renameSync(from, to);
      await (isTold ? index.movePaths([{ from, to }]) : update());
      tagged.delete(from);
      tagged.set(to, known);
    }

    async function perform(step: Operation): Promise<void> {
      switch (step.kind) {
        case 'write': {
          const path = pathOf(step.number);
          contents += 1;
          writeRecord(
            path,
            { infotext: `text ${contents}`, tags: step.tags },
            { time: 1_700_000_000 + step.time },
          );
          await update();
          const own = step.tags.map(({ name }) => name);
          tagged.set(path, { own, user: tagged.get(path)?.user ?? new Set() });
          return;
        }
        case 'vanish':
        case 'remove': {
          const path = pathOf(step.number);
          if (step.kind === 'remove') await index.removePaths([path]);
          rmSync(path, { force: true });
          if (step.kind === 'vanish') await update();
          tagged.delete(path);
          return;
        }
        case 'move':
          return move(pathOf(step.number), pathOf(step.to), step.isTold);
        case 'add':
          return give(step, true);
        case 'take':
          return give(step, false);
        case 'toggle': {
          const known = tagged.get(pathOf(step.number));
          if (known === undefined) return;
          const done = await index.toggleTag(pathOf(step.number), await idOf(step.tag));
          expect(done).toBe(known.user.has(step.tag) ? 'remove' : 'add');
          if (!known.user.delete(step.tag)) known.user.add(step.tag);
          return;
        }
        case 'merge': {
          await index.mergeTags(await idOf(step.tag), await idOf(step.into));
          for (const { user } of tagged.values()) if (user.delete(step.tag)) user.add(step.into);
          return;
        }
        case 'drop':
          await index.removeTag(await idOf(step.tag));
          for (const { user } of tagged.values()) user.delete(step.tag);
          return;
        default:
          return step satisfies never;
      }
    }
    return { index, tagged, perform };
  }

  it('counts tags and images as they are found, whatever was written, moved, tagged and merged', async () => {
    const { index, tagged, perform } = await openTagged();
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 4, maxLength: 8 }), async (steps) => {
        for (const step of steps) await perform(step);
        const { imageCount, tags } = await index.basicInfo();
        expect(imageCount).toBe(tagged.size);
        for (const { id, name, type, count } of tags) {
          const expected = [...tagged]
            .filter(([, { own, user }]) => (type === 'custom' ? user.has(name) : own.includes(name)))
            .map(([path]) => path);
          const { items } = await index.searchByTags({ and: [id], or: [], not: [] });
          expect(items.map(({ path }) => path).toSorted(), name).toEqual(expected.toSorted());
          expect(count, name).toBe(expected.length);
        }
        const owned = [...tagged].filter(([, { user }]) => user.size > 0);
        const found = await index.tagsOf([...tagged.keys()]);
        expect(
          new Map(Array.from(found, ([path, own]) => [path, new Set(own.map(({ name }) => name))])),
        ).toEqual(new Map(owned.map(([path, { user }]) => [path, user])));
      }),
      // The library goes on from run to run, so that a shorter example would be another one.
      { numRuns: 12, endOnFailure: true },
    );
    expect(await index.checkIntegrity()).toEqual([]);
  });
}
