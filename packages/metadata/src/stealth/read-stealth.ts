import type { ByteReader } from '../bytes/byte-reader.ts';
import type { Reading } from '../bytes/reading.ts';
import type { Findings } from '../containers/findings.ts';
import { readPngStealth } from './read-png-stealth.ts';
import { readWebpStealth } from './read-webp-stealth.ts';

/** Adds a text that is hidden in the pixels, in the containers that keep their lowest bits. */
export function* readStealth(file: ByteReader, found: Findings): Reading<void> {
  if (found.container === 'png') yield* readPngStealth(file, found);
  if (found.container === 'webp') yield* readWebpStealth(file, found);
}
