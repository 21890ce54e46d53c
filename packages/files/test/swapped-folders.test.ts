import { closeSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Confinement, holdFolder, makeFolders, openRegularFile } from '../src/index.ts';
import { temporaryFolder } from './helpers/odd-entries.ts';
import { swapWhile } from './helpers/swap-while.ts';

/** A check that is passed before a file is opened fails one in five. */
const rounds = 10_000;

function prepare() {
  const folder = temporaryFolder();
  const [library, outside] = [join(folder, 'library'), join(folder, 'outside')];
  for (const path of [join(library, 'a'), outside]) {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'x.txt'), path === outside ? 'outside' : 'inside');
  }
  return { outside, swapped: join(library, 'a'), within: new Confinement([library]) };
}

// Elsewhere the door is narrower, not closed.
describe.skipIf(process.platform !== 'linux')('a folder that is swapped for a link', () => {
  test('leads no reader out', async () => {
    const { outside, swapped, within } = prepare();
    const seen = { inside: 0, refused: 0, outside: 0 };
    await swapWhile(swapped, outside, async () => {
      // On a busy machine it may take longer until both were met.
      for (let round = 0; round < rounds || seen.inside === 0 || seen.refused === 0; round += 1) {
        try {
          const { descriptor } = await openRegularFile(join(swapped, 'x.txt'), { within });
          const text = readFileSync(descriptor, 'utf8');
          closeSync(descriptor);
          seen[text === 'outside' ? 'outside' : 'inside'] += 1;
        } catch {
          seen.refused += 1;
        }
      }
    });
    expect(seen.outside).toBe(0);
  });

  test('nor a writer', async () => {
    const { outside, swapped, within } = prepare();
    let written = 0;
    await swapWhile(swapped, outside, async () => {
      for (let round = 0; round < rounds || written === 0; round += 1) {
        const held = await holdFolder(swapped, { within, followLink: true }).catch(() => undefined);
        if (held === undefined) continue;
        const isWritten = await writeFile(held.at(`${round}.txt`), '').then(
          () => true,
          // The folder was one that this test made itself, and is gone again.
          () => false,
        );
        await unlink(held.at(`${round}.txt`)).catch(() => undefined);
        held.close();
        if (isWritten) written += 1;
        await makeFolders(join(swapped, `${round}`, 'inner'), { within }).then(
          (made) => made.close(),
          () => undefined,
        );
      }
    });
    expect(readdirSync(outside)).toEqual(['x.txt']);
  });
});
