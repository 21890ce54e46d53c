import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ImageIndex } from '../../../roles/image-index.ts';
import { plainDescriber, type TemporaryLibrary } from '../../library/temporary-library.ts';
import { setTime, writeRecord } from '../../library/write-record.ts';
import { ofFile, record } from './said.ts';

export interface Touched {
  readonly library: TemporaryLibrary;
  readonly index: ImageIndex;
  readonly path: string;
}

const update = ({ library, index }: Touched) => index.update([library.root]);

export async function storeAndReturn(touched: Touched, to: string): Promise<string> {
  const { index, library, path } = touched;
  const trash = library.at('.trash');
  mkdirSync(trash, { recursive: true });
  renameSync(path, `${trash}/0`);
  await index.storePaths([{ from: path, to: `${trash}/0` }]);
  await update(touched);
  renameSync(`${trash}/0`, to);
  await index.returnPaths([{ from: `${trash}/0`, to }]);
  await update(touched);
  return to;
}

const spaced = '  ';

/** What may happen to a file or an index; each gives the path that the image has afterwards. */
export const touches: Readonly<Record<string, (touched: Touched) => Promise<string> | string>> = {
  nothing: ({ path }) => path,
  'another time of the file': async (touched) => {
    setTime(touched.path, 1_600_000_000);
    await update(touched);
    return touched.path;
  },
  'new bytes that say the same': async (touched) => {
    writeFileSync(touched.path, readFileSync(touched.path, 'utf8') + spaced);
    await update(touched);
    return touched.path;
  },
  'another picture under its name': async (touched) => {
    writeRecord(touched.path, record({ ...ofFile, text: 'badger, again', steps: 32 }), {
      time: 1_700_000_500,
    });
    await update(touched);
    return touched.path;
  },
  'a description beside it': async (touched) => {
    writeFileSync(touched.path.replace('.png', '.txt'), 'badger, from beside');
    await update(touched);
    return touched.path;
  },
  'an update that reads everything again': async ({ library, index, path }) => {
    await index.update([library.root], { reread: true });
    return path;
  },
  'a start with a reader that understands more': async ({ library, index, path }) => {
    await index.close();
    const again = await library.open({ describer: plainDescriber });
    await again.update([library.root], { reread: true });
    await again.close();
    return path;
  },
  'a new name from outside': async (touched) => {
    const to = touched.library.at('a/renamed.png');
    renameSync(touched.path, to);
    await update(touched);
    return to;
  },
  'a new name of its folder from outside': async (touched) => {
    renameSync(touched.library.at('a'), touched.library.at('b'));
    await update(touched);
    return touched.library.at('b/one.png');
  },
  'another file taking its name, and it another': async (touched) => {
    const to = touched.library.at('a/two.png');
    renameSync(touched.path, to);
    writeRecord(
      touched.path,
      record({ ...ofFile, text: 'hen', steps: 3, model: 'hen-model', seed: '1', pos: [] }),
    );
    await update(touched);
    rmSync(touched.path);
    await update(touched);
    return to;
  },
  'a move by the program': async (touched) => {
    const to = touched.library.at('c/moved.png');
    mkdirSync(dirname(to));
    renameSync(touched.path, to);
    await touched.index.movePaths([{ from: touched.path, to }]);
    await update(touched);
    return to;
  },
  'a move of its folder by the program': async (touched) => {
    const { library, index } = touched;
    renameSync(library.at('a'), library.at('b'));
    await index.movePaths([{ from: library.at('a'), to: library.at('b') }]);
    await update(touched);
    return library.at('b/one.png');
  },
  'the trash': (touched) => storeAndReturn(touched, touched.path),
  'the trash and another name': (touched) => storeAndReturn(touched, touched.library.at('back.png')),
  'an absence over an update': async (touched) => {
    const away = `${touched.library.base}/away`;
    renameSync(touched.path, away);
    if ((await update(touched)).removed !== 1) throw new Error('still there');
    renameSync(away, touched.path);
    await update(touched);
    return touched.path;
  },
  'an absence of the whole folder': async (touched) => {
    const { library, index, path } = touched;
    renameSync(library.root, `${library.base}/drive`);
    await index.update([library.root]);
    renameSync(`${library.base}/drive`, library.root);
    await update(touched);
    return path;
  },
  'leaving the library and coming back': async (touched) => {
    await touched.index.removePaths([touched.library.root]);
    await update(touched);
    return touched.path;
  },
  'another tag, rating and note': async ({ index, path }) => {
    await index.setTag([path], 1, 'add');
    await index.setRating([path], 3);
    await index.setNote(path, 'mine');
    return path;
  },
};
