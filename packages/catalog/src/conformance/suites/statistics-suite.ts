import { completionFields, type DiskUse, type NamedCount } from '../../roles/library-overview.ts';
import type { Tag } from '../../roles/tags.ts';
import { folderOf } from '../../text/folder-of.ts';
import { localDate } from '../../text/local-date.ts';
import type { ConformanceTools } from '../conformance-tools.ts';
import { compareTexts } from '../expected/in-order.ts';
import { isInFolders, tagTypes } from '../expected/matching.ts';
import type { Picture } from '../expected/picture.ts';
import { openMadeUp } from '../library/open-made-up.ts';
import { recordDescriber } from '../library/temporary-library.ts';
import { writeRecord } from '../library/write-record.ts';

/** Names with how many pictures have them and how many bytes these take. */
function uses(pictures: readonly Picture[], namesOf: (picture: Picture) => readonly string[]): DiskUse[] {
  const found = new Map<string, { count: number; bytes: number }>();
  for (const picture of pictures) {
    for (const name of namesOf(picture)) {
      const { count, bytes } = found.get(name) ?? { count: 0, bytes: 0 };
      found.set(name, { count: count + 1, bytes: bytes + picture.bytes });
    }
  }
  return Array.from(found, ([name, use]) => ({ name, ...use }));
}

const counted = ({ name, count }: DiskUse): NamedCount => ({ name, count });

/** Counts of the library as a whole. */
export function statisticsSuite(tools: ConformanceTools): void {
  const { describe, it, expect, temporaryLibrary } = tools;

  /** What has to be counted over these pictures. */
  function expectedOf(pictures: readonly Picture[]) {
    const byDate = (length: number) =>
      uses(pictures, ({ modifiedTime }) => [localDate(modifiedTime * 1e6).slice(0, length)])
        .sort((a, b) => compareTexts(a.name, b.name))
        .map(counted);
    const ofTypes = (types: readonly string[]) =>
      uses(pictures, ({ tags }) => tags.filter(({ type }) => types.includes(type)).map(({ name }) => name))
        .sort((a, b) => b.count - a.count || compareTexts(a.name, b.name))
        .slice(0, 20)
        .map(counted);
    return {
      imageCount: pictures.length,
      bytes: pictures.reduce((sum, { bytes }) => sum + bytes, 0),
      days: byDate(10),
      months: byDate(7),
      models: ofTypes(tagTypes.model),
      samplers: ofTypes(tagTypes.sampler),
      loras: ofTypes(tagTypes.lora),
      sources: ofTypes(tagTypes.source),
      folders: uses(pictures, ({ path }) => [folderOf(path)]).sort((a, b) => b.bytes - a.bytes),
      mediaTypes: uses(pictures, ({ mediaType }) => [mediaType]).sort((a, b) => b.bytes - a.bytes),
    };
  }

  describe('statistics', () => {
    it('name a model once that images carry with and without its folder and ending', async () => {
      const library = temporaryLibrary();
      const spelled = [
        ['sdxl/dream_v8.safetensors', 'dream_v8'],
        ['dream_v8.safetensors', 'dream_v8'],
        ['dream_v8'],
        ['other v1.5'],
      ];
      for (const [at, models] of spelled.entries()) {
        const tags = models.map((name) => ({ type: 'Model', name }));
        writeRecord(library.at(`${at}.png`), { tags }, { bytes: 200 + at });
      }
      const index = await library.open({ describer: recordDescriber });
      await index.update([library.root]);
      expect((await index.statistics()).models).toEqual([
        { name: 'dream_v8', count: 3 },
        { name: 'other v1.5', count: 1 },
      ]);
    });

    it('count images by day, month, what made them, folder and medium, also after some went', async () => {
      const { index, pictures, folders } = await openMadeUp(temporaryLibrary());
      const expected = expectedOf(pictures);
      expect(expected.models).toHaveLength(20);
      expect(await index.statistics()).toEqual(expected);
      const [, gone = ''] = folders;
      await index.removePaths([gone]);
      expect(await index.statistics()).toEqual(
        expectedOf(pictures.filter(({ path }) => !path.startsWith(`${gone}/`))),
      );
    });

    it('count and name nothing outside of some folders', async () => {
      const { index, pictures, folders } = await tools.madeUpLibrary();
      const { tags } = await index.basicInfo();
      for (const inside of [...folders.map((folder) => [folder]), folders.slice(1, 4), []]) {
        const within = pictures.filter(({ path }) => isInFolders(path, inside));
        const { imageCount, tags: named } = await index.basicInfo({ inside });
        expect({ inside, ...(await index.statistics({ inside })) }).toEqual({
          inside,
          ...expectedOf(within),
        });
        expect(imageCount).toBe(within.length);
        const countOf = ({ name, type }: Pick<Tag, 'name' | 'type'>) =>
          within.filter((picture) => picture.tags.some((tag) => tag.name === name && tag.type === type))
            .length;
        const expected = tags.map((tag) => ({ ...tag, count: countOf(tag) }));
        expect(named).toEqual(expected.filter(({ name, count }) => count > 0 || name === 'like'));
        expect(await index.ratingCounts({ inside })).toEqual(
          [0, 1, 2, 3, 4, 5].map((stars) => within.filter(({ rating }) => rating === stars).length),
        );
        const ids = tags.map(({ id }) => id);
        expect([...(await index.tagsById(ids, { inside })).values()]).toEqual(expected);
        const paths = within.map(({ path }) => path);
        for (const custom of (await index.tagsOf(paths, { inside })).values())
          for (const { id, count } of custom)
            expect(count).toBe(expected.find((tag) => tag.id === id)?.count);
      }
    });

    it('try and apply rules to all, and count what is in some folders', async () => {
      const library = temporaryLibrary();
      for (const [at, name] of ['in/one.png', 'in/two.png', 'out/three.png'].entries())
        library.picture(name, 'fox', 1_700_000_000 + at, at);
      const index = await library.open();
      await index.update([library.root]);
      const inside = [library.at('in')];
      const { id: tagId } = await index.createTag('animal');
      const rule = {
        match: 'all' as const,
        conditions: [{ field: 'text', operator: 'contains', value: 'fox' }] as const,
      };
      expect(await index.tryAutoTagRule({ rule, inside, among: 3 })).toMatchObject({
        lookedAt: 2,
        matched: 2,
        examples: [{ path: library.at('in/two.png') }, { path: library.at('in/one.png') }],
      });
      expect(await index.setAutoTagRules([{ ...rule, tagId }], { inside })).toMatchObject({ tagged: 2 });
      const [three] = (await index.tagsOf([library.at('out/three.png')])).values();
      expect(three).toMatchObject([{ name: 'animal', count: 3 }]);
      expect((await index.basicInfo({ inside: [library.at('none')] })).tags.map(({ name }) => name)).toEqual([
        'like',
      ]);
      await index.createTag('unused');
      expect((await index.basicInfo({ inside: [library.at('none')] })).tags.map(({ name }) => name)).toEqual([
        'like',
        'unused',
      ]);
    });

    it('are empty where there is nothing, as is everything else', async () => {
      const index = await temporaryLibrary().open();
      expect(await index.statistics()).toEqual(expectedOf([]));
      expect(await index.basicInfo()).toMatchObject({ imageCount: 0, expiredFolders: [] });
      expect(await index.ratingCounts()).toEqual([0, 0, 0, 0, 0, 0]);
      expect(await index.searchLayout({})).toEqual({ matches: 0, blocks: [] });
      expect(await index.randomImages(3)).toEqual([]);
      for (const field of completionFields) expect(await index.complete({ field, text: '' })).toEqual([]);
    });

    it('name the 20 folders whose own files take most room', async () => {
      const library = temporaryLibrary();
      const lengths = Array.from({ length: 22 }, (_, at) => 1 + ((at * 5) % 22));
      for (const length of lengths) library.picture(`${length}/1.png`, 'x'.repeat(length), 1, length);
      const index = await library.open();
      await index.update([library.root]);
      const { folders } = await index.statistics();
      const largest = Array.from({ length: 20 }, (_, at) => library.at(String(22 - at)));
      expect(folders.map(({ name }) => name)).toEqual(largest);
    });

    it('count ratings, none among them', async () => {
      const { index, pictures } = await tools.madeUpLibrary();
      const countOf = (stars: number) => pictures.filter(({ rating }) => rating === stars).length;
      expect(await index.ratingCounts()).toEqual([0, 1, 2, 3, 4, 5].map(countOf));
    });

    it('divide days as layouts do, also where zones differ by half an hour', async () => {
      const zone = process.env['TZ'];
      process.env['TZ'] = 'Asia/Kolkata';
      try {
        const library = temporaryLibrary();
        // Ten minutes past midnight in India.
        const time = Date.UTC(2023, 10, 14, 18, 40) / 1000;
        library.picture('late.png', 'fox', time);
        const index = await library.open();
        await index.update([library.root]);
        const day = localDate(time * 1e6).slice(0, 10);
        expect((await index.statistics()).days).toEqual([{ name: day, count: 1 }]);
        expect((await index.searchLayout({})).blocks.map(({ date }) => date)).toEqual([day]);
        expect((await index.search({ query: `date:${day}` })).items).toHaveLength(1);
      } finally {
        if (zone === undefined) delete process.env['TZ'];
        else process.env['TZ'] = zone;
      }
    });
  });
}
