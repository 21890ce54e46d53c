import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint32Big } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { collectExif } from '../exif/collect-exif.ts';
import { type Box, readBox } from '../iso-media/box.ts';
import { collectJumbf } from '../provenance/collect-jumbf.ts';
import { asciiAt } from '../text/decode-text.ts';
import { collectXmp } from '../xmp/collect-xmp.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';
import { jxlSize } from './jxl-size.ts';

/** JPEG XL: `Exif`, `xml ` and `jumb` boxes, each perhaps compressed in a `brob` box. */
export const jxl: ContainerReader = {
  recognize(head) {
    const isNaked = head[0] === 0xff && head[1] === 0x0a;
    const isBoxed = uint32Big(head, 0) === 12 && asciiAt(head, 4, 8) === 'JXL \r\n\x87\n';
    return isNaked || isBoxed ? 'jxl' : undefined;
  },
  *read(file, found) {
    const start = yield* file.read(0, 16);
    if (start[0] === 0xff) {
      codestreamSize(start, found);
      return;
    }
    let at = 0;
    for (let count = 0; count < limits.blocks && at < file.size; count += 1) {
      const box = yield* readBox(file, at, file.size);
      if (box === undefined) break;
      yield* content(file, box, found);
      at = box.end;
    }
    if (at > file.size) found.warn('truncated', 'The JPEG XL file ends inside a box.');
  },
};

function codestreamSize(codestream: Uint8Array, found: Findings): void {
  const size = jxlSize(codestream);
  if (size !== undefined) found.size(size.width, size.height);
}

function* content(file: ByteReader, box: Box, found: Findings): Reading<void> {
  if (box.type === 'jxlc') codestreamSize(yield* file.read(box.start, 16), found);
  if (box.type === 'jxlp') codestreamSize((yield* file.read(box.start, 20)).subarray(4), found);
  if (!/^(?:Exif|xml |jumb|brob)$/.test(box.type)) return;
  if (box.end - box.start > limits.valueBytes) {
    found.warn('limit-exceeded', `A ${box.type} box is longer than ${limits.valueBytes} bytes.`);
    return;
  }
  const body = yield* file.read(box.start, box.end - box.start);
  if (box.type !== 'brob') {
    collectBox(box.type, body, found);
    return;
  }
  const inflated = found.inflateBrotli(body.subarray(4));
  if (inflated !== undefined) collectBox(asciiAt(body, 0, 4), inflated, found);
}

function collectBox(type: string, body: Uint8Array, found: Findings): void {
  // The Exif box begins with the offset of the TIFF header behind it.
  if (type === 'Exif') collectExif(body.subarray(4 + uint32Big(body, 0)), found);
  if (type === 'xml ') collectXmp(body, found);
  if (type === 'jumb') collectJumbf(jumbfBox(body), found);
}

/** The box again with its header, since the manifest store is the `jumb` box itself. */
function jumbfBox(body: Uint8Array): Uint8Array {
  const box = new Uint8Array(8 + body.length);
  new DataView(box.buffer).setUint32(0, box.length);
  box.set([0x6a, 0x75, 0x6d, 0x62], 4);
  box.set(body, 8);
  return box;
}
