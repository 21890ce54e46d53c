import { joinBytes } from '../bytes/inflate-bounded.ts';
import { uint16Big, uint32Big } from '../bytes/integers.ts';
import { collectExif } from '../exif/collect-exif.ts';
import { collectPhotoshop } from '../iptc/collect-iptc.ts';
import { collectJumbf } from '../provenance/collect-jumbf.ts';
import { asciiAt } from '../text/decode-text.ts';
import { collectXmp } from '../xmp/collect-xmp.ts';
import type { Findings } from './findings.ts';

const xmpMark = 'http://ns.adobe.com/xap/1.0/\0';
const extendedMark = 'http://ns.adobe.com/xmp/extension/\0';
const photoshopMark = 'Photoshop 3.0\0';

/**
 * Application segments of a JPEG. What is spread over several of them (extended XMP, Photoshop
 * resources, C2PA) is put together when all have been seen.
 */
export class JpegApplicationData {
  readonly #found: Findings;
  readonly #photoshop: Uint8Array[] = [];
  readonly #extendedXmp = new Map<string, { offset: number; data: Uint8Array }[]>();
  readonly #jumbf = new Map<number, { packet: number; data: Uint8Array }[]>();

  constructor(found: Findings) {
    this.#found = found;
  }

  /** APP1: EXIF, XMP, or a part of extended XMP. */
  app1(body: Uint8Array): void {
    if (asciiAt(body, 0, 6) === 'Exif\0\0') collectExif(body, this.#found);
    else if (asciiAt(body, 0, xmpMark.length) === xmpMark) {
      collectXmp(body.subarray(xmpMark.length), this.#found);
    } else if (asciiAt(body, 0, extendedMark.length) === extendedMark) this.#extended(body);
  }

  /** APP11: a packet of a JUMBF box: `JP`, box instance, packet number, then the box header again. */
  app11(body: Uint8Array): void {
    if (asciiAt(body, 0, 2) !== 'JP') return;
    const instance = uint16Big(body, 2);
    const packet = uint32Big(body, 4);
    const headerLength = uint32Big(body, 8) === 1 ? 16 : 8;
    const packets = this.#jumbf.get(instance) ?? [];
    packets.push({ packet, data: body.subarray(packet === 1 ? 8 : 8 + headerLength) });
    this.#jumbf.set(instance, packets);
  }

  /** APP13: Photoshop's image resources, cut wherever a segment was full. */
  app13(body: Uint8Array): void {
    if (asciiAt(body, 0, photoshopMark.length) !== photoshopMark) return;
    this.#photoshop.push(body.subarray(photoshopMark.length));
  }

  finish(): void {
    for (const parts of this.#extendedXmp.values()) {
      parts.sort((one, other) => one.offset - other.offset);
      collectXmp(joinBytes(parts.map(({ data }) => data)), this.#found);
    }
    if (this.#photoshop.length > 0) collectPhotoshop(joinBytes(this.#photoshop), this.#found);
    for (const packets of this.#jumbf.values()) {
      packets.sort((one, other) => one.packet - other.packet);
      collectJumbf(joinBytes(packets.map(({ data }) => data)), this.#found);
    }
  }

  /** A digest that tells packets apart, the length of the whole, the offset of this part. */
  #extended(body: Uint8Array): void {
    const at = extendedMark.length;
    const digest = asciiAt(body, at, 32);
    const parts = this.#extendedXmp.get(digest) ?? [];
    parts.push({ offset: uint32Big(body, at + 36), data: body.subarray(at + 40) });
    this.#extendedXmp.set(digest, parts);
  }
}
