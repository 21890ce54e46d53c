import { groupBySeed } from '@iib-kit/metadata';

import type { ImageLookups } from '@iib-kit/catalog';
import { Refusal } from '../ports/refusal.ts';
import type { BaseDirectory } from './base-directory.ts';
import { readDirectory } from './read-directory.ts';
import { seededImages, type SeededImage } from './seeded-images.ts';

/** A page of the groups of images of one seed in a directory. */
export interface SeedGroupPage {
  /** Absolute. */
  readonly directory: string;
  readonly imageCount: number;
  readonly groups: ReturnType<typeof groupBySeed<SeededImage>>;
  /** On the first page alone. */
  readonly withoutSeed: readonly SeededImage[];
  /** Undefined on the last page. */
  readonly next: string | undefined;
}

export async function groupDirectory(
  { directory, size, cursor }: { directory: string; size: number; cursor: string },
  base: BaseDirectory,
  options: { index: Pick<ImageLookups, 'infotexts'>; signal: AbortSignal },
): Promise<SeedGroupPage> {
  const folder = await base.locate(directory);
  const { images } = await readDirectory(folder, directory);
  const seeded = await seededImages(images, options);
  const all = groupBySeed(seeded.sort(byIdThenName));
  const after = parseCursor(cursor);
  const left = after === undefined ? all : all.filter((group) => BigInt(group.firstSeed) > after);
  const groups = left.slice(0, size);
  return {
    directory: folder.path,
    imageCount: images.length,
    groups,
    withoutSeed: after === undefined ? seeded.filter((image) => image.seed === undefined) : [],
    next: left.length > groups.length ? groups.at(-1)?.lastSeed : undefined,
  };
}

function byIdThenName(one: SeededImage, other: SeededImage): number {
  const [a, b] = [BigInt(one.id ?? -1), BigInt(other.id ?? -1)];
  if (a !== b) return a < b ? -1 : 1;
  return one.name < other.name ? -1 : Number(one.name > other.name);
}

function parseCursor(cursor: string): bigint | undefined {
  if (cursor === '') return undefined;
  if (/^\d{1,39}$/.test(cursor)) return BigInt(cursor);
  throw new Refusal('invalid-seed-cursor', { cursor });
}
