import fc from 'fast-check';
import { type CompletionField, completionFields, type NamedCount } from '../../roles/library-overview.ts';
import { baseName } from '../../text/base-name.ts';
import { foldText } from '../../text/fold-text.ts';
import { networkKey } from '../../text/network-key.ts';
import type { ConformanceTools } from '../conformance-tools.ts';
import { compareTexts } from '../expected/in-order.ts';
import { isBelow, isInFolders, tagTypes } from '../expected/matching.ts';
import type { Picture } from '../expected/picture.ts';

type Counts = ReadonlyMap<string, number>;

/** How many images are in each folder at any depth. */
function folderCounts(pictures: readonly Picture[]): Counts {
  const counts = new Map<string, number>();
  for (const { path } of pictures) {
    for (let end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, Math.max(end, 1));
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
      if (end === 0) break;
    }
  }
  return counts;
}

/** How often each name is there. */
function countsOf(names: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

const tagCounts = (pictures: readonly Picture[], types: readonly string[] | undefined): Counts =>
  countsOf(
    pictures.flatMap(({ tags }) =>
      tags.filter(({ type }) => types?.includes(type) !== false).map(({ name }) => name),
    ),
  );

/** First what begins with the text, then what contains it, most used first, then by name. */
function best(
  counts: Counts,
  text: string,
  starts: (name: string) => readonly string[],
  fold = foldText,
): NamedCount[] {
  const typed = fold(text);
  const begins = (name: string): number =>
    Number(starts(name).some((start) => fold(start).startsWith(typed)));
  return Array.from(counts, ([name, count]) => ({ name, count }))
    .filter(({ name }) => fold(name).includes(typed))
    .sort((a, b) => begins(b.name) - begins(a.name) || b.count - a.count || compareTexts(a.name, b.name));
}

/** How many of these pictures have each value of each field. */
const countsIn = (pictures: readonly Picture[]): Readonly<Record<CompletionField, Counts>> => ({
  tag: tagCounts(pictures, tagTypes.tag),
  model: tagCounts(pictures, tagTypes.model),
  lora: tagCounts(pictures, tagTypes.lora),
  sampler: tagCounts(pictures, tagTypes.sampler),
  source: tagCounts(pictures, tagTypes.source),
  generator: countsOf(pictures.flatMap(({ generator }) => generator ?? [])),
  folder: folderCounts(pictures),
});

/** What a value may become that somebody types. */
export function completionsSuite(tools: ConformanceTools): void {
  const { describe, it, expect } = tools;

  describe('completions', () => {
    it('are what begins with the text, then what contains it, most used first, as many as asked for', async () => {
      const made = await tools.madeUpLibrary();
      const { pictures, index } = made;
      const counts = countsIn(pictures);
      const everything = Object.values(counts).flatMap((named) => [...named.keys()]);
      const starts = (field: CompletionField, name: string) =>
        field === 'folder' ? [name, baseName(name)] : [name];
      // Mostly a piece of what the field has, from its beginning or its middle.
      const typedOf = (field: CompletionField) =>
        fc
          .record({
            name: fc.oneof(
              {
                weight: 5,
                arbitrary: fc.constantFrom(
                  '',
                  ...[...counts[field].keys()].flatMap((name) => starts(field, name)),
                ),
              },
              { weight: 1, arbitrary: fc.constantFrom(...everything) },
            ),
            from: fc.nat(3),
            length: fc.integer({ min: 1, max: 6 }),
            isUpper: fc.boolean(),
          })
          .map(({ name, from, length, isUpper }) => {
            const piece = Array.from(name)
              .slice(from, from + length)
              .join('');
            return { field, text: isUpper ? piece.toUpperCase() : piece };
          });
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...completionFields).chain(typedOf),
          fc.option(fc.constantFrom(1, 3, 10, 100), { nil: undefined }),
          fc.option(fc.subarray([...made.folders], { maxLength: 2 }), { nil: undefined }),
          async ({ field, text }, limit, inside) => {
            const isVisible = ({ name }: NamedCount): boolean =>
              field !== 'folder' ||
              inside === undefined ||
              inside.some((folder) => isBelow(`${name}/`, folder));
            const visible = countsIn(pictures.filter(({ path }) => isInFolders(path, inside)));
            const expected = best(
              visible[field],
              text,
              (name) => starts(field, name),
              field === 'lora' ? networkKey : foldText,
            ).filter(isVisible);
            const query = { field, text, ...(limit && { limit }), ...(inside && { inside }) };
            expect(await index.complete(query)).toEqual(expected.slice(0, limit ?? 20));
          },
        ),
        { numRuns: 250 },
      );
    });

    it('take a limit that is a whole number from 1', async () => {
      const { index } = await tools.madeUpLibrary();
      for (const field of completionFields) {
        for (const limit of [0, -1, 1.5])
          await expect(index.complete({ field, text: '', limit })).rejects.toThrow('limit must be');
      }
    });
  });
}
