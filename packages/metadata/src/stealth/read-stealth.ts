import type { ByteReader } from '../bytes/byte-reader.ts';
import type { Reading } from '../bytes/reading.ts';
import type { Findings } from '../containers/findings.ts';
import type { StealthChannel } from './hidden-bits.ts';
import { readPngStealth } from './read-png-stealth.ts';
import { readWebpStealth } from './read-webp-stealth.ts';

/**
 * Adds a text that is hidden in the pixels, in the containers that keep their lowest bits; returns the channels that have
 * its mark, also where the text behind it is damaged.
 */
export function* readStealth(file: ByteReader, found: Findings): Reading<readonly StealthChannel[]> {
  if (found.container === 'png') return yield* readPngStealth(file, found);
  return found.container === 'webp' ? yield* readWebpStealth(file, found) : [];
}
