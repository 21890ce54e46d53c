import { existsSync, readFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { limits } from '../bytes/limits.ts';
import type { EmbeddedText } from '../image-metadata.ts';
import { decodeText } from '../text/decode-text.ts';

/** Files that may describe a picture, best first: its own, then the log of its folder. */
export function sidecarPaths(path: string): string[] {
  const stem = path.slice(0, path.length - extname(path).length);
  return [
    `${stem}.swarm.json`,
    `${stem}.json`,
    `${stem}.txt`,
    `${path}.txt`,
    `${path}.json`,
    join(dirname(path), 'log.html'),
  ];
}

/** The texts beside a file; what is missing, unreadable or too large is passed over. */
export async function readSidecars(path: string): Promise<EmbeddedText[]> {
  const texts = await Promise.all(
    sidecarPaths(path).map(async (sidecar) => {
      try {
        const { size } = await stat(sidecar);
        return size > limits.sidecarBytes ? [] : [sidecarText(sidecar, await readFile(sidecar))];
      } catch {
        return [];
      }
    }),
  );
  return texts.flat();
}

/** Like `readSidecars`, without a promise. */
export function readSidecarsSync(path: string): EmbeddedText[] {
  return sidecarPaths(path).flatMap((sidecar) => {
    if (!existsSync(sidecar)) return [];
    try {
      if (statSync(sidecar).size > limits.sidecarBytes) return [];
      return [sidecarText(sidecar, readFileSync(sidecar))];
    } catch {
      return [];
    }
  });
}

function sidecarText(path: string, bytes: Uint8Array): EmbeddedText {
  const text = decodeText(bytes).replace(/^\uFEFF/, '');
  return { location: `sidecar:${extname(path).slice(1)}`, key: '', text };
}
