import type { Generator } from '../generator.ts';
import { namedService } from './named-service.ts';

/** Ideogram: its name as the maker of the camera. */
export const ideogram: Generator = namedService('ideogram', (embedded) =>
  embedded.some(({ key, text }) => key === 'Make' && text.trim() === 'Ideogram AI'),
);
