import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import type { IndexedImage, Page } from '../../roles/indexed-image.ts';
import type { ConformanceTools } from '../conformance-tools.ts';
import { recordDescriber } from '../library/temporary-library.ts';
import { inOrder } from '../expected/in-order.ts';
import { type SearchForm, searchForms } from '../expected/search-forms.ts';
import { setTime, writeRecord } from '../library/write-record.ts';

// An update takes longer than all other writing together.
const action = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('add', 'delete', 're-date', 'grow') },
  { weight: 3, arbitrary: fc.constantFrom('remove', 'tag', 'untag', 'rate', 'move', 'rename') },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;
const step = fc.record({ action, which: fc.nat(1000), to: fc.nat(1000) });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Pages cover what is there throughout exactly once, whatever else is written between them. */
export function pagesWhileWritingSuite(tools: ConformanceTools): void {
  const { it, expect, temporaryLibrary } = tools;
  const folders = ['a', 'b'];
  const lasting = 25;
  const changing = 15;
  const record = { infotext: 'fox', tags: [{ type: 'pos', name: 'fox' }] };
  const timeOf = (number: number): number => 1_700_000_000 + (number % 9) / 2;
  const bytesOf = (number: number): number => 100 + (number % 5) * 100;

  /** Half of the images stay as they are; what is done to the others is done by `write`. */
  async function openChanging() {
    const library = temporaryLibrary();
    const index = await library.open({ describer: recordDescriber });
    let made = 0;
    // Later ones have another text, so that nobody takes them for one that was deleted.
    const add = (time: number, bytes: number): string => {
      made += 1;
      const path = library.at(`${folders[made % folders.length]}/${(made * 7) % 40}-${made}.png`);
      writeRecord(path, { ...record, seed: String(made) }, { time, bytes });
      return path;
    };
    const stays = new Set<string>();
    const others: string[] = [];
    for (let number = 0; number < lasting + changing; number += 1) {
      const path = add(timeOf(number), bytesOf(number));
      if (number % 8 < 5) stays.add(path);
      else others.push(path);
    }
    await index.update([library.root]);
    await index.setRating([...stays].slice(0, 10), 3);
    await index.setTag([...stays].slice(5, 15), 1, 'add');
    const { tags } = await index.basicInfo();
    const update = () => index.update([library.root]);

    async function move(from: string, to: string): Promise<void> {
      renameSync(from, to);
      await index.movePaths([{ from, to }]);
      others.splice(others.indexOf(from), 1, to);
    }

    const actions: Readonly<Record<Action, (path: string, to: number) => unknown>> = {
      add: (_, to) => {
        others.push(add(timeOf(to), bytesOf(to)));
        return update();
      },
      delete: (path) => {
        rmSync(path);
        others.splice(others.indexOf(path), 1);
        return update();
      },
      remove: async (path) => {
        await index.removePaths([path]);
        rmSync(path);
        others.splice(others.indexOf(path), 1);
      },
      're-date': (path, to) => {
        setTime(path, timeOf(to));
        return update();
      },
      grow: (path, to) => {
        writeRecord(path, { ...record, seed: `${to}` }, { time: timeOf(to), bytes: bytesOf(to) + 50 });
        return update();
      },
      tag: (path) => index.setTag([path], 1, 'add'),
      untag: (path) => index.setTag([path], 1, 'remove'),
      rate: (path, to) => index.setRating([path], to % 6),
      move: (path, to) => move(path, library.at(`${folders[to % folders.length]}/${basename(path)}`)),
      rename: (path, to) => move(path, library.at(`a/${to}-${basename(path).replace(/^\d+-/, '')}`)),
    };
    for (const folder of folders) mkdirSync(library.at(folder), { recursive: true });
    return {
      library,
      index,
      stays,
      forms: searchForms(index, 'fox', tags.find(({ name }) => name === 'fox')?.id ?? -1),
      write: async ({ action: name, which, to }: Step): Promise<void> => {
        const path = others[which % others.length];
        // A few are always left to be changed.
        if (path === undefined || (others.length < 5 && (name === 'delete' || name === 'remove'))) return;
        await actions[name](path, to);
      },
    };
  }

  /** What stayed has come once, in the order that it has now; nothing has come twice in one place. */
  async function expectOnce(form: SearchForm, stays: ReadonlySet<string>, found: readonly IndexedImage[]) {
    const lasting = found.filter(({ path }) => stays.has(path));
    expect(lasting.map(({ path }) => path).toSorted(), form.name).toEqual([...stays].toSorted());
    const now = (await form.ask({ size: 1000 })).items.filter(({ path }) => stays.has(path));
    if (form.sort !== 'random')
      expect(
        lasting.map(({ path }) => path),
        form.name,
      ).toEqual(now.map(({ path }) => path));
    if (
      form.sort === 'newest' ||
      form.sort === 'oldest' ||
      form.sort === 'largest' ||
      form.sort === 'smallest'
    ) {
      const sorted = inOrder(
        found.map((image) => ({ ...image, rating: 0 })),
        form.sort,
      );
      expect(
        found.map(({ path }) => path),
        form.name,
      ).toEqual(sorted.map(({ path }) => path));
    }
    const seen = found.map(({ id, modifiedTime, bytes }) => `${id} ${modifiedTime} ${bytes}`);
    if (form.sort !== 'rating' && form.sort !== 'name')
      expect(new Set(seen).size, form.name).toBe(seen.length);
  }

  it('covers what is there throughout once, in order, whatever is done to the others between pages', async () => {
    const { forms, stays, write } = await openChanging();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...forms),
        fc.array(fc.array(step, { maxLength: 2 }), { minLength: 3, maxLength: 6 }),
        async (form, turns) => {
          const found: IndexedImage[] = [];
          const size = Math.ceil((lasting + changing) / turns.length);
          let cursor: string | undefined = '';
          for (let turn = 0; cursor !== undefined; turn += 1) {
            const page: Page<IndexedImage> = await form.ask({ size, cursor });
            found.push(...page.items);
            cursor = page.hasNext ? page.next : undefined;
            for (const one of turns[turn] ?? []) await write(one);
          }
          await expectOnce(form, stays, found);
        },
      ),
      // The library goes on from run to run, so that a shorter example would be another one.
      { numRuns: 15, endOnFailure: true },
    );
  });

  it('covers what is there throughout once while others are written at the same time', async () => {
    const { forms, stays, write } = await openChanging();
    const over = new AbortController();
    const writing = (async () => {
      while (!over.signal.aborted) for (const one of fc.sample(step, 1)) await write(one);
    })();
    for (const form of forms) {
      const found: IndexedImage[] = [];
      let cursor: string | undefined = '';
      while (cursor !== undefined) {
        const page: Page<IndexedImage> = await form.ask({ size: 3, cursor });
        found.push(...page.items);
        cursor = page.hasNext ? page.next : undefined;
      }
      const kept = found.filter(({ path }) => stays.has(path)).map(({ path }) => path);
      expect(kept.toSorted(), form.name).toEqual([...stays].toSorted());
    }
    over.abort();
    await writing;
  });
}
