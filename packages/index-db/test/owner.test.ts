import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { names, temporaryLibrary } from './helpers/temporary-library.ts';

async function openThree() {
  const library = temporaryLibrary();
  const paths = ['one.png', 'two.png', 'three.png'].map((name, shade) =>
    library.picture(
      name,
      `fox ${name}\nNegative prompt: blur\nSteps: 20, Seed: ${shade}`,
      1_700_000_000 + shade,
      shade,
    ),
  );
  const index = await library.open();
  await index.update([library.root]);
  const [one = '', two = '', three = ''] = paths;
  const found = async (tagId: number) => names(await index.searchByTags({ and: [tagId], or: [], not: [] }));
  const countOf = async (tagId: number) =>
    (await index.basicInfo()).tags.find(({ id }) => id === tagId)?.count;
  return { library, index, one, two, three, found, countOf };
}

describe('tags', () => {
  it('are given by id, those that exist', async () => {
    const { index } = await openThree();
    expect([...(await index.tagsById([1, 987_654])).values()]).toEqual([
      expect.objectContaining({ id: 1, name: 'like', type: 'custom' }),
    ]);
  });

  it('toggle, and say which way', async () => {
    const { index, one, found } = await openThree();
    expect(await index.toggleTag(one, 1)).toBe('add');
    expect(await found(1)).toEqual(['one.png']);
    expect(await index.toggleTag(one, 1)).toBe('remove');
    expect(await found(1)).toEqual([]);
  });

  it('are renamed and coloured, but not to a name that is taken', async () => {
    const { index } = await openThree();
    const { id } = await index.createTag('old');
    expect(await index.updateTag(id, { name: 'new', color: '#f00' })).toMatchObject({
      id,
      name: 'new',
      color: '#f00',
    });
    expect(await index.createTag('new')).toMatchObject({ id });
    await expect(index.updateTag(id, { name: 'like' })).rejects.toMatchObject({ code: 'name-taken' });
    await expect(index.updateTag(99_999, { color: '' })).rejects.toMatchObject({ code: 'unknown-tag' });
  });

  it('are removed from every image', async () => {
    const { index, one, two } = await openThree();
    const { id } = await index.createTag('gone');
    await index.setTag([one, two], id, 'add');
    await index.removeTag(id);
    expect(await index.tagsOf([one, two])).toEqual(new Map());
    await expect(index.removeTag(id)).rejects.toMatchObject({ code: 'unknown-tag' });
    expect((await index.createTag('gone')).count).toBe(0);
  });

  it('are merged, counting an image that has both once', async () => {
    const { index, one, two, found } = await openThree();
    const from = (await index.createTag('from')).id;
    const into = (await index.createTag('into')).id;
    await index.setTag([one, two], from, 'add');
    await index.setTag([two], into, 'add');
    expect(await index.mergeTags(from, into)).toMatchObject({ id: into, count: 2 });
    expect(await found(into)).toEqual(['two.png', 'one.png']);
  });
});

describe('ratings and notes', () => {
  it('are kept, changed and taken away', async () => {
    const { index, one, two } = await openThree();
    await index.setRating([one, two], 4);
    await index.setNote(one, 'the first');
    expect(await index.annotationsOf([one, two])).toEqual(
      new Map([
        [one, { rating: 4, note: 'the first' }],
        [two, { rating: 4, note: '' }],
      ]),
    );
    await index.setRating([one, two], 0);
    expect(await index.annotationsOf([one, two])).toEqual(new Map([[one, { rating: 0, note: 'the first' }]]));
    await expect(index.setRating([one], 6)).rejects.toThrow(RangeError);
    await expect(index.setRating(['/absent.png'], 1)).rejects.toMatchObject({ code: 'not-indexed' });
  });

  it('come back with a file that was gone over an update', async () => {
    const { library, index, one, found } = await openThree();
    const tag = (await index.createTag('kept')).id;
    await index.setTag([one], tag, 'add');
    await index.setRating([one], 5);
    await index.setNote(one, 'note');
    const away = `${library.base}/away.png`;
    renameSync(one, away);
    expect(await index.update([library.root])).toMatchObject({ removed: 1 });
    expect(await found(tag)).toEqual([]);
    mkdirSync(library.at('new'));
    const back = library.at('new/other-name.png');
    renameSync(away, back);
    expect(await index.update([library.root])).toMatchObject({ added: 1 });
    expect(await found(tag)).toEqual(['other-name.png']);
    expect(await index.annotationsOf([back])).toEqual(new Map([[back, { rating: 5, note: 'note' }]]));
  });

  it('come back to each of equal files by its path', async () => {
    const { library, index, one } = await openThree();
    const copy = library.at('copy.png');
    copyFileSync(one, copy);
    await index.update([library.root]);
    await index.setRating([one], 4);
    await index.setRating([copy], 2);
    const away = library.at('.away');
    mkdirSync(away);
    for (const name of ['one.png', 'copy.png']) renameSync(library.at(name), `${away}/${name}`);
    await index.removePaths([one, copy]);
    for (const name of ['one.png', 'copy.png']) renameSync(`${away}/${name}`, library.at(name));
    await index.update([library.root], { only: [library.root] });
    expect(await index.annotationsOf([one, copy])).toEqual(
      new Map([
        [one, { rating: 4, note: '' }],
        [copy, { rating: 2, note: '' }],
      ]),
    );
  });

  it('are carried to another index by path or by content', async () => {
    const { library, index, one, two } = await openThree();
    await index.setTag([one, two], 1, 'add');
    await index.setRating([two], 3);
    await index.setNote(two, 'a "quoted"\nnote');
    const lines: string[] = [];
    for await (const line of index.exportAnnotations()) lines.push(line);
    expect(lines).toHaveLength(2);
    await index.close();
    for (const end of ['', '-wal', '-shm']) rmSync(library.databasePath + end, { force: true });
    const moved = library.at('moved.png');
    renameSync(two, moved);
    const other = await library.open();
    await other.update([library.root]);
    const outcome = await other.importAnnotations([...lines, '', '{"path":"/absent.png","tags":["x"]}']);
    expect(outcome).toEqual({ imported: 2, unknown: ['/absent.png'] });
    expect(await other.annotationsOf([moved])).toEqual(
      new Map([[moved, { rating: 3, note: 'a "quoted"\nnote' }]]),
    );
    expect(names(await other.searchByTags({ and: [1], or: [], not: [] }))).toEqual(['moved.png', 'one.png']);
    await expect(other.importAnnotations(['{}'])).rejects.toMatchObject({
      code: 'invalid-line',
      details: { position: 1 },
    });
  });
});

describe('auto-tag rules', () => {
  it('tag what is there and what comes, and take back only what they gave', async () => {
    const { library, index, one, two, found } = await openThree();
    const tag = (await index.createTag('auto')).id;
    await index.setTag([one], tag, 'add');
    const rule = {
      tagId: tag,
      match: 'any',
      conditions: [
        { field: 'prompt', operator: 'contains', value: 'ONE.png' },
        { field: 'path', operator: 'regex', value: 'two\\.png$' },
      ],
    } as const;
    expect(await index.setAutoTagRules([rule])).toEqual({ tagged: 1, untagged: 0, timedOut: [] });
    expect(await found(tag)).toEqual(['two.png', 'one.png']);
    library.picture('new/two.png', 'hen', 1_700_000_100, 9);
    await index.update([library.root]);
    expect(await found(tag)).toEqual(['two.png', 'two.png', 'one.png']);
    expect(await index.autoTagRules()).toEqual([rule]);
    renameSync(two, library.at('2.png'));
    await index.update([library.root]);
    expect(await found(tag)).toEqual(['two.png', 'one.png']);
  });

  it('stop once they are removed', async () => {
    const { library, index, found } = await openThree();
    const tag = (await index.createTag('auto')).id;
    const everything = {
      tagId: tag,
      match: 'all',
      conditions: [{ field: 'path', operator: 'contains', value: 'png' }],
    } as const;
    await index.setAutoTagRules([everything]);
    await index.setAutoTagRules([]);
    library.picture('later.png', 'hen', 1_700_000_100, 9);
    await index.update([library.root]);
    expect(await found(tag)).toEqual(['three.png', 'two.png', 'one.png']);
  });

  it('refuse tags that do not exist and expressions that are none', async () => {
    const { index } = await openThree();
    const condition = { field: 'text', operator: 'regex', value: '(' } as const;
    await expect(
      index.setAutoTagRules([{ tagId: 1, match: 'all', conditions: [condition] }]),
    ).rejects.toMatchObject({ code: 'invalid-regexp' });
    await expect(
      index.setAutoTagRules([{ tagId: 77_777, match: 'all', conditions: [] }]),
    ).rejects.toMatchObject({ code: 'unknown-tag' });
  });
});

describe('paths that the program itself changed', () => {
  it('keep tags when a file or a folder is moved, and the index needs no reading', async () => {
    const { library, index } = await openThree();
    const inside = library.picture('a/b/deep.png', 'hen', 1_700_000_050, 7);
    await index.update([library.root]);
    await index.setTag([inside], 1, 'add');
    renameSync(library.at('a'), library.at('z'));
    await index.movePaths([{ from: library.at('a'), to: library.at('z') }]);
    const now = library.at('z/b/deep.png');
    expect([...(await index.tagsOf([inside, now])).keys()]).toEqual([now]);
    expect(names(await index.searchBySubstring({ text: '/z/b/' }))).toEqual(['deep.png']);
    expect(names(await index.searchBySubstring({ text: '/a/b/' }))).toEqual([]);
    expect(await index.update([library.root])).toMatchObject({ added: 0, changed: 0, moved: 0, removed: 0 });
  });

  it('are forgotten when they were deleted, a folder with all below it', async () => {
    const { library, index, one } = await openThree();
    library.picture('a/x.png', 'hen', 1, 8);
    library.picture('ab.png', 'hen', 1, 9);
    await index.update([library.root]);
    await index.removePaths([library.at('a'), one]);
    expect(names(await index.searchBySubstring({})).toSorted()).toEqual(['ab.png', 'three.png', 'two.png']);
    expect((await index.basicInfo()).imageCount).toBe(3);
  });

  it('keep a text that the owner wrote through changes of the file', async () => {
    const { library, index, one } = await openThree();
    await index.setInfotext(one, 'my own words\nSteps: 5, Sampler: DDIM, Seed: 3');
    library.picture('one.png', 'hen', 1_700_000_900, 3);
    await index.update([library.root]);
    expect((await index.infotexts([one])).get(one)).toBe('my own words\nSteps: 5, Sampler: DDIM, Seed: 3');
    expect(names(await index.searchBySubstring({ text: 'own words' }))).toEqual(['one.png']);
  });
});

describe('settings, saved searches and caches', () => {
  it('are kept by name', async () => {
    const { index } = await openThree();
    await index.setSetting('global', { grid: 256 });
    await index.setSetting('global', { grid: 512 });
    await index.setSetting('other', [1]);
    await index.removeSetting('other');
    expect(await index.settings()).toEqual(new Map([['global', { grid: 512 }]]));
    await index.saveSearch('foxes', { query: 'fox -hen', sort: 'rating' });
    expect(await index.savedSearches()).toEqual(new Map([['foxes', { query: 'fox -hen', sort: 'rating' }]]));
    await expect(index.saveSearch('bad', { query: '(' })).rejects.toMatchObject({ code: 'invalid-query' });
    await index.removeSavedSearch('foxes');
    expect(await index.savedSearches()).toEqual(new Map());
    const title = { title: 'Foxes', keywords: ['fox', 'red'], model: 'gpt' };
    await index.saveTitle('k', title);
    expect([await index.cachedTitle('k'), await index.cachedTitle('x')]).toEqual([title, undefined]);
    const clusters = {
      folders: ['/a'],
      model: 'm',
      parameters: { threshold: 0.9 },
      embeddingsCount: 2,
      embeddingsUpdatedAt: 't',
      result: { clusters: [] },
    };
    await index.saveClusters('c', clusters);
    expect(await index.cachedClusters('c')).toMatchObject(clusters);
  });

  it('give an extra path an alias', async () => {
    const { index } = await openThree();
    await index.addExtraPath('/photos', ['walk']);
    expect(await index.setAlias('/photos', 'Photos')).toEqual({
      path: '/photos',
      types: ['walk'],
      alias: 'Photos',
    });
    await expect(index.setAlias('/absent', 'x')).rejects.toMatchObject({ code: 'unknown-path' });
  });
});

describe('vectors', () => {
  it('are kept by image and model, and found by their nearness', async () => {
    const { index, one, two, three, library } = await openThree();
    await index.saveEmbeddings('m', [
      { path: one, textHash: 'a', vector: Float32Array.of(1, 0) },
      { path: two, textHash: 'b', vector: Float32Array.of(0.6, 0.8) },
      { path: three, textHash: 'c', vector: Float32Array.of(0, -2) },
    ]);
    await index.saveEmbeddings('other', [{ path: one, textHash: 'z', vector: Float32Array.of(0, 1) }]);
    const near = await index.similarImages({ model: 'm', vector: Float32Array.of(2, 0) });
    expect(near.map(({ path, score }) => [path, Math.round(score * 1000) / 1000])).toEqual([
      [one, 1],
      [two, 0.6],
      [three, 0],
    ]);
    expect(
      await index.similarImages({ model: 'm', vector: Float32Array.of(2, 0), count: 1, minScore: 0.5 }),
    ).toHaveLength(1);
    expect(
      await index.similarImages({ model: 'm', vector: Float32Array.of(2, 0), folders: [library.at('x')] }),
    ).toEqual([]);
    await index.saveEmbeddingFailures('m', [{ path: one, textHash: 'bad', message: 'no' }]);
    const { updatedAt, ...embedding } = (await index.embeddingOf('m', two)) ?? {};
    expect(embedding).toMatchObject({ path: two, textHash: 'b', vector: Float32Array.of(0.6, 0.8) });
    expect(Math.abs(Date.parse(updatedAt ?? '') - Date.now())).toBeLessThan(60_000);
    expect(await index.embeddingOf('m', '/absent')).toBeUndefined();
    expect(await index.embeddingStates('m', [one, two, '/absent'])).toEqual(
      new Map([
        [one, { textHash: 'a', dimension: 2, updatedAt, failedHashes: ['bad'] }],
        [two, { textHash: 'b', dimension: 2, updatedAt, failedHashes: [] }],
      ]),
    );
    const all: (readonly [string, number[]])[] = [];
    for await (const { path, vector } of index.embeddings('m')) all.push([path, [...vector]]);
    expect(all).toEqual([
      [one, [1, 0]],
      [two, [Math.fround(0.6), Math.fround(0.8)]],
      [three, [0, -2]],
    ]);
  });

  it('keep equal scores apart by id', async () => {
    const { index, one, two, three } = await openThree();
    const vector = Float32Array.of(1, 1);
    await index.saveEmbeddings(
      'm',
      [three, one, two].map((path) => ({ path, textHash: 'h', vector })),
    );
    expect((await index.similarImages({ model: 'm', vector, count: 2 })).map(({ path }) => path)).toEqual([
      one,
      two,
    ]);
  });
});

describe('the library at a glance', () => {
  it('gives images by id, and counts roots that were never indexed as expired', async () => {
    const { library, index, one } = await openThree();
    const id = (await index.images([one])).get(one)?.id ?? 0;
    expect([...(await index.imagesById([id, 987_654])).entries()]).toEqual([
      [id, expect.objectContaining({ id, path: one })],
    ]);
    const roots = [library.root, library.base, '/not-there'];
    expect((await index.basicInfo()).expiredFolders).toEqual([]);
    expect((await index.basicInfo({ roots })).expiredFolders).toEqual([library.base]);
  });

  it('is counted by day, month and what made it', async () => {
    const { index } = await openThree();
    const { imageCount, bytes, days, months, models, folders, mediaTypes } = await index.statistics();
    expect(imageCount).toBe(3);
    expect(bytes).toBeGreaterThan(300);
    const date = new Date(1_700_000_000_000);
    const day = `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
    expect(days).toEqual([{ name: day, count: 3 }]);
    expect(months).toEqual([{ name: day.slice(0, 7), count: 3 }]);
    expect(models).toEqual([]);
    expect(folders.map(({ count }) => count).reduce((sum, count) => sum + count)).toBe(3);
    expect(folders.map(({ bytes }) => bytes).reduce((sum, bytes) => sum + bytes)).toBe(bytes);
    expect(folders.map(({ bytes }) => bytes)).toEqual(
      folders.map(({ bytes }) => bytes).toSorted((a, b) => b - a),
    );
    expect(mediaTypes).toEqual([{ name: 'image', count: 3, bytes }]);
  });

  it('gives images by chance, each once, and covers by folder', async () => {
    const { library, index } = await openThree();
    expect(new Set((await index.randomImages(10)).map(({ id }) => id)).size).toBe(3);
    expect(await index.randomImages(2)).toHaveLength(2);
    library.picture('a/b/deep.png', 'hen', 1_800_000_000, 7);
    await index.update([library.root]);
    const covers = await index.folderCovers([library.root, library.at('a'), library.at('none')], 2);
    expect([...covers.keys()]).toEqual([library.root, library.at('a')]);
    expect(names({ items: covers.get(library.root) ?? [] })).toEqual(['deep.png', 'three.png']);
  });

  it('finds near-duplicates by perceptual hash', async () => {
    const { index, one, two, three } = await openThree();
    await index.savePerceptualHashes([
      { path: one, hash: 0xffff_0000_ffff_0000n },
      { path: two, hash: 0xffff_0000_ffff_0007n },
      { path: three, hash: 0x0000_ffff_0000_ffffn },
    ]);
    const hash = await index.perceptualHashOf(one);
    expect(hash).toBe(0xffff_0000_ffff_0000n);
    const near = await index.nearDuplicates(0xffff_0000_ffff_0000n, 3);
    expect(near.map(({ path, distance }) => [path, distance])).toEqual([
      [one, 0],
      [two, 3],
    ]);
    expect(await index.nearDuplicates(0xffff_0000_ffff_0000n, 2)).toHaveLength(1);
  });
});
