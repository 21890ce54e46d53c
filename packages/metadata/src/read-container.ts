import type { ByteReader } from './bytes/byte-reader.ts';
import type { Reading } from './bytes/reading.ts';
import { containerList } from './containers/containers.ts';
import { Findings } from './containers/findings.ts';
import type { Platform } from './platform.ts';

export interface ContainerOptions extends Platform {
  /** Whether every EXIF value is wanted. */
  readonly exif?: boolean;
}

/** An SVG may have declarations and comments before its root element. */
export const headBytes = 1024;

/** What the container of a file holds; undefined when the bytes are no known medium. */
export function* readContainer(file: ByteReader, platform: ContainerOptions): Reading<Findings | undefined> {
  const head = yield* file.read(0, headBytes);
  for (const reader of containerList) {
    const container = reader.recognize(head);
    if (container === undefined) continue;
    const found = new Findings(container, platform);
    yield* reader.read(file, found);
    return found;
  }
  return undefined;
}
