import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { samplesDir } from './helpers/samples-dir.ts';
import { names, temporaryLibrary } from './helpers/temporary-library.ts';

interface Recorded {
  readonly images: number;
  readonly tags_by_type: Readonly<Record<string, number>>;
  readonly custom_tags: Readonly<Record<string, readonly string[]>>;
  readonly tag_colour: Readonly<Record<string, string>>;
  readonly extra_paths: unknown;
}

async function openSample(version: string) {
  const library = temporaryLibrary();
  const folder = join(samplesDir(), 'iib-db');
  copyFileSync(join(folder, `${version}.db`), library.databasePath);
  const recorded = JSON.parse(readFileSync(join(folder, `${version}.json`), 'utf8')) as Recorded;
  return { library, recorded, index: await library.open() };
}

function countByType(tags: readonly { readonly type: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of tags) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

describe.each(['v1.6.0', 'v1.9.0'])('a database of IIB %s', (version) => {
  it('opens with its images, tags, colours and extra paths', async () => {
    const { index, recorded } = await openSample(version);
    const { imageCount, tags } = await index.basicInfo();
    expect(imageCount).toBe(recorded.images);
    expect(countByType(tags)).toEqual(recorded.tags_by_type);
    const coloured = Object.fromEntries(
      tags.filter(({ color }) => color !== '').map(({ name, color }) => [name, color]),
    );
    expect(coloured).toEqual(recorded.tag_colour);
    expect(await index.extraPaths()).toEqual(recorded.extra_paths);
  });

  it('keeps the custom tags of each image, and counts them', async () => {
    const { index, recorded } = await openSample(version);
    expect(Object.values(recorded.custom_tags).flat().length).toBeGreaterThan(0);
    const tagged = await index.tagsOf(Object.keys(recorded.custom_tags));
    for (const [path, expected] of Object.entries(recorded.custom_tags)) {
      expect((tagged.get(path) ?? []).map(({ name }) => name)).toEqual(expected);
    }
    const { tags } = await index.basicInfo();
    for (const { id, name, type, count } of tags) {
      if (type !== 'custom') continue;
      const expected = Object.values(recorded.custom_tags).filter((list) => list.includes(name)).length;
      expect([name, count]).toEqual([name, expected]);
      expect((await index.searchByTags({ and: [id], or: [], not: [] })).items).toHaveLength(expected);
    }
  });

  it('keeps settings, vectors and the cluster cache', async () => {
    const { index, library, recorded } = await openSample(version);
    expect(await index.settings()).toEqual(new Map([['global', { gridThumbnailSize: 256, lang: 'en' }]]));
    let vectors = 0;
    for await (const { vector } of index.embeddings('text-embedding-3-small')) {
      vectors += 1;
      expect(vector).toHaveLength(64);
    }
    expect(vectors).toBe(recorded.images);
    const file = new Database(library.databasePath, { readonly: true });
    const key = file.prepare<[], string>('SELECT cache_key FROM topic_cluster_cache').pluck().get() ?? '';
    file.close();
    expect(await index.cachedClusters(key)).toMatchObject({
      folders: ['/library/photos'],
      embeddingsCount: 24,
    });
  });

  it('is searchable at once', async () => {
    const { index } = await openSample(version);
    const page = await index.searchBySubstring({ text: 'WHALE harbor' });
    expect(names(page)).toContain('000006-3103136389.png');
    expect((await index.infotexts(page.items.map(({ path }) => path))).size).toBe(page.items.length);
  });

  it('is backed up as it was before anything is changed', async () => {
    const { library, index } = await openSample(version);
    const [backup] = await index.backups();
    const db = new Database(backup ?? '', { readonly: true });
    expect(db.pragma('user_version', { simple: true })).toBe(0);
    expect(db.prepare('SELECT count(*) FROM image').pluck().get()).toBe(24);
    db.close();
    await index.close();
    const again = await library.open();
    expect(await again.backups()).toEqual([backup]);
  });

  it('stays readable and writable by IIB, and what IIB adds is found', async () => {
    const { library, index } = await openSample(version);
    await index.close();
    const iib = new Database(library.databasePath);
    iib
      .prepare(
        `INSERT INTO image (path, exif, size, date) VALUES ('/library/new.png', 'a purple yak', 5, '2024-02-01 10:00:00')`,
      )
      .run();
    iib
      .prepare('INSERT INTO image_tag (image_id, tag_id, created_at) VALUES (25, 1, CURRENT_TIMESTAMP)')
      .run();
    iib.close();
    const again = await library.open();
    expect(names(await again.searchBySubstring({ text: 'purple yak' }))).toEqual(['new.png']);
    expect((await again.basicInfo()).tags.find(({ name }) => name === 'like')?.count).toBe(1);
  });

  it('agrees with what IIB did to images that were known already', async () => {
    const { library, index } = await openSample(version);
    const [first, second, third, fourth] = (await index.searchBySubstring({ size: 4 })).items;
    const custom = await index.createTag('kept');
    await index.setTag([third?.path ?? ''], custom.id, 'add');
    await index.setRating([third?.path ?? ''], 4);
    const iib = new Database(library.databasePath);
    // As in Python, unless it is switched on.
    iib.pragma('foreign_keys = OFF');
    const tag = iib.prepare(
      'INSERT OR IGNORE INTO image_tag (image_id, tag_id, created_at) VALUES (?, ?, CURRENT_TIMESTAMP)',
    );
    iib.prepare('DELETE FROM image_tag WHERE tag_id = 1').run();
    tag.run(first?.id, 1);
    tag.run(first?.id, custom.id);
    iib.prepare('UPDATE image SET path = ? WHERE id = ?').run('/library/moved/away.png', second?.id);
    iib.prepare('DELETE FROM image_tag WHERE image_id = ?').run(third?.id);
    iib.prepare('DELETE FROM image WHERE id = ?').run(third?.id);
    iib
      .prepare('INSERT OR REPLACE INTO image (path, exif, size, date) VALUES (?, ?, ?, ?)')
      .run(fourth?.path, 'an orange newt', 5, '2024-02-01 10:00:00');
    const replaced = iib.prepare<[], number>('SELECT max(id) FROM image').pluck().get() ?? 0;
    tag.run(replaced, 1);
    iib.close();
    const told: unknown[] = [];
    index.subscribe((change) => told.push(change));
    // Whatever is written next finds out.
    await index.setSetting('any', 1);
    expect(told).toContainEqual(
      expect.objectContaining({ moved: [{ from: second?.path, to: '/library/moved/away.png' }] }),
    );
    const { imageCount, tags } = await index.basicInfo();
    expect(imageCount).toBe(23);
    const counted = new Database(library.databasePath, { readonly: true });
    const expected = counted
      .prepare(
        'SELECT g.id, count(t.tag_id) AS count FROM tag g LEFT JOIN image_tag t ON t.tag_id = g.id AND t.image_id IN (SELECT id FROM image) GROUP BY g.id',
      )
      .all();
    counted.close();
    expect(tags.map(({ id, count }) => ({ id, count }))).toEqual(expected);
    const tagged = async (...and: number[]) =>
      new Set((await index.searchByTags({ and, or: [], not: [] })).items.map(({ path }) => path));
    expect(await tagged(1)).toEqual(new Set([first?.path, fourth?.path]));
    expect(await tagged(1, custom.id)).toEqual(new Set([first?.path]));
    expect(names(await index.searchBySubstring({ text: 'orange newt' }))).toEqual(
      names({ items: fourth ? [fourth] : [] }),
    );
    expect(names(await index.searchBySubstring({ text: 'moved/away' }))).toEqual(['away.png']);
    expect(names(await index.search({ query: 'folder:/library/moved' }))).toEqual(['away.png']);
    expect(await index.checkIntegrity()).toEqual([]);
    const file = new Database(library.databasePath, { readonly: true });
    expect(file.prepare('SELECT path, rating, tag_ids FROM lost_mark').all()).toEqual([
      { path: third?.path, rating: 4, tag_ids: expect.stringContaining(`${custom.id}]`) },
    ]);
    expect(file.prepare('SELECT count(*) FROM foreign_change').pluck().get()).toBe(0);
    file.close();
  });
});
