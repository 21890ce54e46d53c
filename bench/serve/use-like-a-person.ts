import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeLibrary } from '../library/make-library.ts';
import { libraryImages } from './library-images.ts';
import type { ServerUnderLoad } from './start-server.ts';

const words = ['lighthouse', 'cat', 'portrait', 'forest', 'robot', 'steps', 'sampler', 'sea'];
const sizes = ['128x128', '256x256', '384x384', '512x512'];
const imagesOnce = 400;
/** Images that come before each update and go before the next. */
const imagesComing = 50;
const pauseMs = 20;

export interface UseOptions {
  readonly server: ServerUnderLoad;
  readonly root: string;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** A use that goes on until its signal aborts. */
export interface Use {
  /** Resolves to how often each thing was done, after the signal. */
  readonly done: Promise<Readonly<Record<string, number>>>;
  /** Rejects when the server did not answer as it should; else it stays as it is. */
  readonly failed: Promise<never>;
}

/** Searches, looks at thumbnails and files, rates, and has new images indexed, all at once. */
export function useLikeAPerson({ server, root, seed, signal }: UseOptions): Use {
  const base = `http://127.0.0.1:${server.port}/infinite_image_browsing`;
  const images = libraryImages(root, imagesOnce);
  const counts: Record<string, number> = {};
  const imageAt = (round: number): string => images[round % images.length] ?? '';

  async function ask(route: string, body?: object): Promise<void> {
    const response = await fetch(base + route, {
      ...(body && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${route} was answered ${response.status}`);
  }

  const tasks: Readonly<Record<string, (round: number) => Promise<void>>> = {
    searches: (round) =>
      ask('/db/search_by_substr', {
        surstr: words[round % words.length],
        cursor: '',
        regexp: '',
        size: 200,
        folder_paths: [],
      }),
    thumbnails: (round) => {
      const size = sizes[Math.floor(round / images.length) % sizes.length] ?? '';
      return ask(
        `/image-thumbnail?${new URLSearchParams({ path: imageAt(round), t: '1', size }).toString()}`,
      );
    },
    files: (round) => ask(`/file?${new URLSearchParams({ path: imageAt(round), t: '1' }).toString()}`),
    metadata: (round) => ask(`/image_geninfo?${new URLSearchParams({ path: imageAt(round) }).toString()}`),
    ratings: (round) => ask('/db/rating', { img_paths: [imageAt(round)], rating: round % 6 }),
    updates: async (round) => {
      const folder = join(root, 'coming');
      rmSync(folder, { recursive: true, force: true });
      makeLibrary(folder, { images: imagesComing, seed: seed + round + 1 });
      await server.index();
      await sleep(1_000);
    },
  };

  const running = Promise.all(
    Object.entries(tasks).map(async ([name, task]) => {
      for (let round = 0; !signal.aborted; round += 1) {
        await task(round);
        counts[name] = round + 1;
        await sleep(pauseMs);
      }
    }),
  );
  const failed = new Promise<never>((_, reject) => void running.catch(reject));
  failed.catch(() => undefined);
  return { done: running.then(() => counts), failed };
}
