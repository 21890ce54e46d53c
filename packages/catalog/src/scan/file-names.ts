import { mediaKind } from '@iib-kit/metadata';
import { mediaTypes } from '../roles/indexed-image.ts';
import type { MediaNumber } from './scanned-file.ts';

const sidecar = /\.(?:txt|json)$/i;

/** The kind of medium that a name promises, or undefined where it is none. */
export function mediaOfName(name: string): MediaNumber | undefined {
  const kind = mediaKind(name);
  return kind && (mediaTypes.indexOf(kind) as MediaNumber);
}

/** Whether a file of this name may describe a medium beside it. */
export function mayBeSidecar(name: string): boolean {
  return sidecar.test(name);
}
