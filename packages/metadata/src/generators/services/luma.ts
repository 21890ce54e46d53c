import type { Generator } from '../generator.ts';
import { hasTool, namedService } from './named-service.ts';

/** Luma: its name as the software, in EXIF, XMP or PNG text. */
export const luma: Generator = namedService('luma', (embedded) =>
  hasTool(
    embedded,
    /^(?:luma(?:\s+(?:ai|labs|photon|dream machine)(?:\s.*)?)?|lumalabs(?:\.ai)?|dream machine)$/i,
  ),
);
