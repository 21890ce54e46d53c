import { openThree } from '../library/three-pictures.ts';
import type { ConformanceTools } from '../conformance-tools.ts';

/** Settings, saved searches and caches stay until they are removed. */
export function settingsSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  describe('settings, saved searches and caches', () => {
    it('are kept by name', async () => {
      const { index } = await openThree({ temporaryLibrary });
      await index.setSetting('global', { grid: 256 });
      await index.setSetting('global', { grid: 512 });
      await index.setSetting('other', [1]);
      await index.removeSetting('other');
      expect(await index.settings()).toEqual(new Map([['global', { grid: 512 }]]));
      await index.saveSearch('foxes', { query: 'fox -hen', sort: 'rating' });
      expect(await index.savedSearches()).toEqual(
        new Map([['foxes', { query: 'fox -hen', sort: 'rating' }]]),
      );
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
      const [folder = ''] = clusters.folders;
      await index.saveClusters('d', { ...clusters, folders: [folder, `${folder}/b`] });
      expect(await index.cachedClustersOf([folder])).toEqual([
        { key: 'c', model: clusters.model, parameters: clusters.parameters, updatedAt: expect.any(String) },
      ]);
      expect((await index.cachedClustersOf([`${folder}/b`, folder])).map(({ key }) => key)).toEqual(['d']);
      expect(await index.cachedClustersOf(['/absent'])).toEqual([]);
    });

    it('give a clustering without the images that are gone', async () => {
      const { index, one: first, two: second, three: third } = await openThree({ temporaryLibrary });
      const about = {
        folders: ['/a'],
        model: 'm',
        parameters: {},
        embeddingsCount: 3,
        embeddingsUpdatedAt: 't',
      };
      const cluster = { id: 'topic_1', title: 'Foxes', size: 2, paths: [first, second] };
      const result = { count: 4, clusters: [cluster], noise: [third, '/never/there.png'] };
      await index.saveClusters('c', { ...about, result });
      await index.removePaths([second]);
      expect((await index.cachedClusters('c'))?.result).toEqual({
        count: 2,
        clusters: [{ ...cluster, size: 1, paths: [first] }],
        noise: [third],
      });
    });

    it('give an extra path an alias', async () => {
      const { index } = await openThree({ temporaryLibrary });
      await index.addExtraPath('/photos', ['walk']);
      expect(await index.setAlias('/photos', 'Photos')).toEqual({
        path: '/photos',
        types: ['walk'],
        alias: 'Photos',
      });
      await expect(index.setAlias('/absent', 'x')).rejects.toMatchObject({ code: 'unknown-path' });
    });
  });
}
