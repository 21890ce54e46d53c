import type { Generator } from '../generator.ts';
import { hasTool, namedService } from './named-service.ts';

/** Reve: its name as the software, in EXIF, XMP or PNG text. */
export const reve: Generator = namedService('reve', (embedded) =>
  hasTool(
    embedded,
    /^(?:https?:\/\/)?(?:(?:app|www)\.)?reve(?:\.(?:art|com)|\s+(?:image|ai|\d[\d.]*))?\/?$/i,
  ),
);
