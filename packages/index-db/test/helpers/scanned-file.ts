import { dirname } from 'node:path';
import type { ScannedFile } from '@iib-kit/catalog/scan';

/** A picture as the scanner hands it to the writer. */
export function scannedFile(path: string, known: Partial<ScannedFile> = {}): ScannedFile {
  return {
    id: undefined,
    path,
    folder: dirname(path),
    bytes: 1,
    modified: 1,
    created: 1,
    media: 0,
    width: 1,
    height: 1,
    fingerprint: path.length,
    sidecar: 0,
    text: '',
    tags: [],
    seed: undefined,
    steps: undefined,
    cfgScale: undefined,
    generator: undefined,
    ...known,
  };
}
