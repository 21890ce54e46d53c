import { statSync } from 'node:fs';
import { join } from 'node:path';

import { contentDigest, extents } from './content-digest.ts';
import type { Elsewhere, PictureTask } from './render-task.ts';

/** The content that a picture is drawn of. */
export interface Content {
  readonly digest: string;
  /** Whether the file is still the one that was read. */
  isUnchanged(): boolean;
}

/** Where the picture of this content lies, whatever the file is called. */
export function contentEntry({ contentsDir, picture }: Elsewhere, digest: string): string {
  return join(contentsDir, digest.slice(0, 2), `${digest}${picture}.webp`);
}

/** Reads what names the content of a picture's file; undefined where it cannot be read, which drawing it will explain. */
export function readContent({ source, kind }: Pick<PictureTask, 'source' | 'kind'>): Content | undefined {
  try {
    const { digest, isWhole, stats } = contentDigest(source, extents[kind]);
    return {
      // What was read in parts has its date besides: it stays when the file is renamed.
      digest: isWhole ? digest : `${digest}${Math.round(stats.mtimeMs).toString(16).padStart(12, '0')}`,
      isUnchanged() {
        const now = statSync(source, { throwIfNoEntry: false });
        return (
          now !== undefined &&
          now.ino === stats.ino &&
          now.size === stats.size &&
          now.mtimeMs === stats.mtimeMs &&
          now.ctimeMs === stats.ctimeMs
        );
      },
    };
  } catch {
    return undefined;
  }
}
