import { existsSync, realpathSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { ByteReader } from '../bytes/byte-reader.ts';
import { runAsync, runSync } from '../bytes/reading.ts';
import type { Findings } from '../containers/findings.ts';
import type { EmbeddedText } from '../image-metadata.ts';
import { mediaKind } from '../media-kinds.ts';
import { readContainer } from '../read-container.ts';
import type { FileReadOptions } from '../read-options.ts';
import { openFile, openFileSync } from './file-source.ts';
import { nodePlatform } from './node-platform.ts';

/**
 * The texts of the picture that a tool writes beside a video, with the same name, to keep the graph in: its first frame.
 * One that is damaged, unreadable or leads elsewhere says nothing.
 */
export async function readCompanion(
  path: string,
  confined: Pick<FileReadOptions, 'within'>,
): Promise<EmbeddedText[]> {
  const picture = companionOf(path);
  if (picture === undefined) return [];
  try {
    const file = await openFile(picture, confinedTo(path, confined));
    try {
      const reading = readContainer(new ByteReader(file.size), nodePlatform);
      return textsOf(await runAsync(reading, file));
    } finally {
      await file.close();
    }
  } catch {
    return [];
  }
}

/** Like `readCompanion`, without a promise. */
export function readCompanionSync(path: string, confined: Pick<FileReadOptions, 'within'>): EmbeddedText[] {
  const picture = companionOf(path);
  if (picture === undefined) return [];
  try {
    const file = openFileSync(picture, confinedTo(path, confined));
    try {
      return textsOf(runSync(readContainer(new ByteReader(file.size), nodePlatform), file));
    } finally {
      file.close();
    }
  } catch {
    return [];
  }
}

const companionLocation = 'sidecar:png:';

/** Whether a text was found in such a picture, which belongs to one video alone. */
export function isOfCompanion({ location }: EmbeddedText): boolean {
  return location.startsWith(companionLocation);
}

/** VideoHelperSuite adds `-audio` to the name of a video with sound, and has one picture for it and the silent one. */
function companionOf(path: string): string | undefined {
  if (mediaKind(path) !== 'video') return undefined;
  const stem = path.slice(0, path.length - extname(path).length);
  return [`${stem}.png`, `${stem.replace(/-audio$/, '')}.png`].find((picture) => existsSync(picture));
}

function confinedTo(
  path: string,
  { within }: Pick<FileReadOptions, 'within'>,
): Pick<FileReadOptions, 'within'> {
  return { within: within ?? [realpathSync(dirname(path))] };
}

function textsOf(found: Findings | undefined): EmbeddedText[] {
  if (found?.container !== 'png') return [];
  return found.embedded.map((text) => ({ ...text, location: `sidecar:${text.location}` as const }));
}
