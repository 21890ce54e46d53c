import { mkdirSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import type { ConformanceTools } from '../conformance-tools.ts';

/** Nothing of an image is lost while it moves. */
export function movesWhileUpdatingSuite({ it, expect, temporaryLibrary }: ConformanceTools): void {
  const folders = ['a', 'b', 'c'];
  const pictures = 12;
  const rounds = 150;

  /** A library whose every image is tagged, with updates of one folder or all of them running without a pause. */
  async function openBusy() {
    const library = temporaryLibrary();
    for (const folder of folders) mkdirSync(library.at(folder));
    let paths = Array.from({ length: pictures }, (_, shade) =>
      library.picture(`a/${shade}.png`, `fox ${shade}`, 1_700_000_000 + shade, shade),
    );
    const index = await library.open();
    await index.update([library.root]);
    await index.setTag(paths, 1, 'add');
    const over = new AbortController();
    const updates = (async () => {
      for (let run = 0; !over.signal.aborted; run += 1) {
        const folder = folders[run % (folders.length + 1)];
        await index.update([library.root], folder === undefined ? {} : { only: [library.at(folder)] });
      }
    })();
    return {
      library,
      index,
      paths: () => paths,
      moveAll: (folder: string) => {
        const changes = paths.map((from) => ({ from, to: library.at(`${folder}/${basename(from)}`) }));
        paths = changes.map(({ to }) => to);
        return changes;
      },
      end: async () => {
        over.abort();
        await updates;
      },
    };
  }

  it('keeps an image with its tags while it is moved and found to be gone at once', async () => {
    const { library, index, paths, moveAll, end } = await openBusy();
    for (let round = 1; round <= rounds; round += 1) {
      const before = paths();
      const changes = moveAll(folders[round % folders.length] ?? '');
      await index.reservePaths(before);
      for (const { from, to } of changes) renameSync(from, to);
      await index.movePaths(changes);
      await index.releasePaths(before);
      expect([...(await index.tagsOf(paths())).keys()].sort(), `round ${round}`).toEqual([...paths()].sort());
    }
    await end();
    await index.update([library.root]);
    expect((await index.basicInfo()).imageCount).toBe(pictures);
  });
}
