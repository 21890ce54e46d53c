import { describe, expect, it } from 'vitest';
import { countPictures, killRounds } from './helpers/kill-rounds.ts';
import { temporaryLibrary } from './helpers/temporary-library.ts';

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
});
