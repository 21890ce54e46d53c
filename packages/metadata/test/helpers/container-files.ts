import { buildExr, buildSvg, buildWav } from './build-drawings.ts';
import { box, buildHeif, buildMp4 } from './build-iso.ts';
import { ascii, buildTiff } from './build-tiff.ts';
import { bytes } from './bytes.ts';
import { toolFixtures } from './tool-fixtures.ts';

/** Files of every container: what each tool writes, and containers that none of them writes. */
export const containerFiles: readonly Uint8Array[] = [
  ...toolFixtures.map(({ file }) => file),
  ...(['little', 'big'] as const).map((order) => buildTiff({ order, ifd0: [ascii(0x010f, 'Canon')] })),
  buildHeif({ brand: 'heic', exif: buildTiff({ ifd0: [ascii(0x010f, 'Canon')] }) }),
  buildMp4({ brand: 'qt  ', quickTime: { '\u00a9cmt': 'a comment' } }),
  bytes(0xff, 0x0a, 0x7f, box('free')),
  buildWav({ json: '{}' }),
  buildSvg('{"prompt": {}}'),
  buildExr({ prompt: '{}' }),
];
