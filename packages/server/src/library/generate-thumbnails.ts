import type { JobRun, Jobs, StartedJob } from '../jobs/open-jobs.ts';
import type { PregenerationCounts, ThumbnailSource } from '../ports/thumbnail-source.ts';

/** What thumbnails and covers to make. */
export interface WantedThumbnails {
  readonly folders: readonly string[];
  readonly box: { readonly width: number; readonly height: number };
  readonly images: boolean;
  readonly videos: boolean;
  /** Folders that files must really lie in; anywhere, unless given. */
  readonly within: readonly string[] | undefined;
}

/** Starts a job that makes what the cache lacks, or joins the one that makes the same. */
export function generateThumbnails(
  wanted: WantedThumbnails,
  { jobs, thumbnails }: { jobs: Jobs; thumbnails: ThumbnailSource },
): StartedJob<PregenerationCounts> {
  const { box, images, videos, within } = wanted;
  const folders = [...new Set(wanted.folders)].sort();
  return jobs.start({
    kind: 'thumbnails',
    shareAs: `thumbnails ${JSON.stringify([folders, box, images, videos])}`,
    run: ({ signal, report }) =>
      thumbnails.pregenerate(folders, {
        ...box,
        images,
        videos,
        within,
        signal,
        onProgress: reporter(report),
      }),
  });
}

function reporter(report: JobRun['report']) {
  return ({
    done,
    rendered,
    cached,
    failed,
    total,
  }: PregenerationCounts & { readonly total?: number }): void =>
    report({
      detail: { done, total: total ?? 0, rendered, cached, failed },
      ...(total ? { progress: done / total } : {}),
    });
}
