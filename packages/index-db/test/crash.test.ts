import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countPictures, killRounds } from './helpers/kill-rounds.ts';
import { killMigrations } from './helpers/migration-kills.ts';
import { names, temporaryLibrary } from './helpers/temporary-library.ts';

// More rounds: KILLS=200 npx vitest run packages/index-db/test/crash.test.ts
const rounds = Number(process.env['KILLS'] ?? 6);

describe('a program that is killed', () => {
  it(
    'leaves a sound file with all that it had acknowledged, and the next update completes it',
    async () => {
      const library = temporaryLibrary();
      expect(await killRounds(library.root, library.databasePath, rounds)).toEqual([]);
      const index = await library.open();
      await index.update([library.root]);
      expect((await index.basicInfo()).imageCount).toBe(countPictures(library.root));
      expect(await index.update([library.root])).toMatchObject({
        added: 0,
        changed: 0,
        moved: 0,
        removed: 0,
      });
    },
    120_000 + rounds * 10_000,
  );

  it(
    'while it takes over a database of IIB loses nothing, and the next opening completes it',
    async () => {
      const library = temporaryLibrary();
      const source = join(library.base, 'source.db');
      const { found, interrupted } = await killMigrations(source, library.databasePath, rounds);
      expect(found).toEqual([]);
      expect(interrupted).toBeGreaterThan(0);
      const index = await library.open();
      const { imageCount, tags } = await index.basicInfo();
      expect([imageCount, tags.map(({ name, count }) => [name, count])]).toEqual([
        2000,
        [
          ['like', 0],
          ['kept', 667],
        ],
      ]);
      expect(names(await index.searchBySubstring({ text: 'fox1234' }))).toEqual(['1234.png']);
      expect(await index.checkIntegrity()).toEqual([]);
    },
    120_000 + rounds * 10_000,
  );
});
