import type { ImageLookups, NearDuplicates } from '@iib-kit/catalog';
import type { JobRun } from '../jobs/open-jobs.ts';
import type { ThumbnailSource } from '../ports/thumbnail-source.ts';

/** Hashes are taken from thumbnails in this box. */
const BOX = { width: 256, height: 256 };

/** How many hashes are written together. */
const HASHES_AT_ONCE = 200;

/** Computes and keeps the perceptual hashes of all images and videos in folders; tells how many there are. */
export async function hashLibrary(
  folders: readonly string[],
  {
    index,
    thumbnails,
    within,
  }: {
    index: Pick<ImageLookups, 'images'> & Pick<NearDuplicates, 'savePerceptualHashes'>;
    thumbnails: ThumbnailSource;
    /** Folders that files must really lie in; anywhere, unless given. */
    within: readonly string[] | undefined;
  },
  { signal, report }: Pick<JobRun, 'signal' | 'report'>,
): Promise<{ hashed: number; failed: number }> {
  let hashed = 0;
  let waiting: { path: string; hash: bigint }[] = [];
  let written = Promise.resolve();
  const write = async (hashes: typeof waiting) => {
    const known = await index.images(hashes.map(({ path }) => path));
    const indexed = hashes.filter(({ path }) => known.has(path));
    await index.savePerceptualHashes(indexed);
    hashed += indexed.length;
  };
  const flush = () => {
    const hashes = waiting;
    waiting = [];
    written = written.then(() => write(hashes));
    // Looked at when the run is over.
    written.catch(() => {});
  };
  const { failed } = await thumbnails.pregenerate(folders, {
    ...BOX,
    hashes: true,
    // Nobody looks at them: kept, they would push out what people do look at.
    pictures: false,
    within,
    signal,
    onProgress(progress) {
      if ('hash' in progress && progress.hash !== undefined) {
        waiting.push({ path: progress.path, hash: BigInt(`0x${progress.hash}`) });
      }
      if (waiting.length >= HASHES_AT_ONCE) flush();
      const { done, total } = progress;
      report({ detail: { done, total: total ?? 0 }, ...(total ? { progress: done / total } : {}) });
    },
  });
  flush();
  await written;
  return { hashed, failed };
}
