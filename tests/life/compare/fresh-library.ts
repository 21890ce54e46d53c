import type { Life } from '../life.ts';
import { ServedLibrary } from '../served-library.ts';

const linesAtOnce = 2000;

/** A first index of the same files, with what their owner gave them and wrote. */
export async function freshLibrary(life: Life, folder: string): Promise<ServedLibrary> {
  const fresh = new ServedLibrary(folder, life.server.library);
  await fresh.start(life.now);
  const { client } = fresh;
  for (const path of [life.drive, life.archive]) await client.extraPaths.add({ path, types: ['scanned'] });
  await client.search.updateIndex();
  for (const { name } of life.truth.tags) await client.tags.add({ tag_name: name });
  const lines = [...life.truth.marks().values()].map(({ infotext, ...marks }) =>
    JSON.stringify(infotext === '' ? marks : { ...marks, infotext }),
  );
  for (let start = 0; start < lines.length; start += linesAtOnce) {
    await client.marks.import({ lines: lines.slice(start, start + linesAtOnce).join('\n') });
  }
  // Both begin with what a start finds, and a log that is empty.
  await fresh.stop();
  await fresh.start(life.now);
  return fresh;
}
