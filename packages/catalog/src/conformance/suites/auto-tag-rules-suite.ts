import { renameSync } from 'node:fs';
import { names } from '../library/names.ts';
import { openThree } from '../library/three-pictures.ts';
import type { ConformanceTools } from '../conformance-tools.ts';

/** Rules tag what is there and what comes. */
export function autoTagRulesSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  describe('auto-tag rules', () => {
    it('tag what is there and what comes, and take back only what they gave', async () => {
      const { library, index, one, two, found } = await openThree({ temporaryLibrary });
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
      const { library, index, found } = await openThree({ temporaryLibrary });
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

    it('are tried on the newest images without tagging any', async () => {
      const { library, index, found } = await openThree({ temporaryLibrary });
      for (const at of [1, 2, 3, 4])
        library.picture(
          `later-${at}.png`,
          `${at === 2 ? 'hen' : 'Fox'}\nSteps: 20`,
          1_700_000_100 + at,
          at + 50,
        );
      await index.update([library.root]);
      const condition = (
        field: 'prompt' | 'path',
        operator: 'contains' | 'equals' | 'regex',
        value: string,
      ) => ({ field, operator, value }) as const;
      const named = condition('path', 'regex', 'LATER-[123]');
      const fox = condition('prompt', 'equals', 'FOX');
      const trial = async (match: 'all' | 'any', limits: { among?: number; examples?: number } = {}) => {
        const tried = await index.tryAutoTagRule({ rule: { match, conditions: [named, fox] }, ...limits });
        return { ...tried, examples: names({ items: tried.examples }) };
      };
      expect(await trial('all')).toEqual({
        lookedAt: 7,
        matched: 2,
        examples: ['later-3.png', 'later-1.png'],
        timedOut: [],
      });
      expect(await trial('any', { examples: 3 })).toEqual({
        lookedAt: 7,
        matched: 4,
        examples: ['later-4.png', 'later-3.png', 'later-2.png'],
        timedOut: [],
      });
      expect(await trial('any', { among: 2 })).toMatchObject({ lookedAt: 2, matched: 2 });
      expect(await found(1)).toEqual([]);
      const wrong = { match: 'all', conditions: [condition('prompt', 'regex', '(')] } as const;
      await expect(index.tryAutoTagRule({ rule: wrong })).rejects.toMatchObject({ code: 'invalid-regexp' });
    });

    it('refuse tags that do not exist and expressions that are none', async () => {
      const { index } = await openThree({ temporaryLibrary });
      const condition = { field: 'text', operator: 'regex', value: '(' } as const;
      await expect(
        index.setAutoTagRules([{ tagId: 1, match: 'all', conditions: [condition] }]),
      ).rejects.toMatchObject({ code: 'invalid-regexp' });
      await expect(
        index.setAutoTagRules([{ tagId: 77_777, match: 'all', conditions: [] }]),
      ).rejects.toMatchObject({ code: 'unknown-tag' });
    });
  });
}
