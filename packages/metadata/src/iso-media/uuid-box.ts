import type { ByteReader } from '../bytes/byte-reader.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import type { Findings } from '../containers/findings.ts';
import { collectJumbf } from '../provenance/collect-jumbf.ts';
import { collectXmp } from '../xmp/collect-xmp.ts';
import type { Box } from './box.ts';

const xmp = 'be7acfcb97a942e89c71999491e3afac';
const c2pa = 'd8fec3d61b0e483c92975828877ec481';

/** Adds what a `uuid` box holds: XMP, or a C2PA manifest store. */
export function* collectUuidBox(file: ByteReader, box: Box, found: Findings): Reading<void> {
  const id = hex(yield* file.read(box.start, 16));
  if (id !== xmp && id !== c2pa) return;
  const length = box.end - box.start - 16;
  if (length > limits.valueBytes) {
    found.warn('limit-exceeded', `A uuid box is longer than ${limits.valueBytes} bytes.`);
    return;
  }
  const body = yield* file.read(box.start + 16, length);
  if (id === xmp) collectXmp(body, found);
  else collectJumbf(body.subarray(manifestStart(body)), found);
}

/** Version and flags, the purpose with its NUL, an offset of eight bytes. */
function manifestStart(body: Uint8Array): number {
  const nul = body.indexOf(0, 4);
  return nul < 0 ? body.length : nul + 9;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
