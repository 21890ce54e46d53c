import { riffChunk, riffFile } from './build-webp.ts';
import { bytes, uint16, uint32, utf8 } from './bytes.ts';

/** An SVG whose metadata are this text, as ComfyUI puts it behind the opening tag. */
export function buildSvg(text: string, before = '<?xml version="1.0" encoding="UTF-8"?>\n'): Uint8Array {
  return utf8(
    `${before}<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480px" viewBox="0 0 320 240">\n  <metadata>\n    <![CDATA[\n    ${text}\n    ]]>\n  </metadata>\n  <path d="M0 0L9 9"/>\n</svg>`,
  );
}

/** An OpenEXR header of 640 x 480 pixels with these texts, and no pixels. */
export function buildExr(texts: Readonly<Record<string, string>>): Uint8Array {
  const little = (value: number) => uint32(value, 'little');
  const attribute = (name: string, type: string, value: Uint8Array) =>
    bytes(name, 0, type, 0, little(value.length), value);
  return bytes(
    little(0x01_31_2f_76),
    little(2),
    attribute('channels', 'chlist', bytes('R', 0, new Uint8Array(16), 0)),
    attribute('dataWindow', 'box2i', bytes(little(10), little(20), little(649), little(499))),
    ...Object.entries(texts).map(([name, text]) => attribute(name, 'string', utf8(text))),
    0,
  );
}

export interface WavParts {
  readonly json?: string;
  readonly comment?: string;
  /** Bytes of sound at 16,000 bytes a second. */
  readonly data?: number;
}

export function buildWav({ json, comment, data = 8_000 }: WavParts): Uint8Array {
  const little16 = (value: number) => uint16(value, 'little');
  const little = (value: number) => uint32(value, 'little');
  const format = bytes(little16(1), little16(1), little(8_000), little(16_000), little16(2), little16(16));
  return riffFile(
    'WAVE',
    riffChunk('fmt ', format),
    ...(comment === undefined ? [] : [riffChunk('LIST', bytes('INFO', riffChunk('ICMT', utf8(comment))))]),
    riffChunk('data', new Uint8Array(data)),
    ...(json === undefined ? [] : [riffChunk('json', utf8(json))]),
  );
}
