import type { Generation } from '../../image-metadata.ts';
import { RecentValues } from '../recent-values.ts';
import type { InfotextParts } from './split-infotext.ts';

/** Which text a generation was read from, so that printing it need not read the text again to find out. */
const origins = new RecentValues<Generation, InfotextParts>();

export function rememberOrigin(generation: Generation, parts: InfotextParts): void {
  origins.set(generation, parts);
}

/** The parts of `text` when that is what the generation was read from. */
export function originIn(text: string, generation: Generation): InfotextParts | undefined {
  const origin = origins.get(generation);
  return origin?.text === text ? origin : undefined;
}
