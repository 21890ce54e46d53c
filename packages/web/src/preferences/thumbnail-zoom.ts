import { createPreference } from './preference.ts';

/** Limits of the width of a thumbnail in the grid, in CSS pixels. */
export const MIN_ZOOM = 96;
export const MAX_ZOOM = 420;

export const [thumbnailZoom, setThumbnailZoom] = createPreference('thumbnail-zoom', 176, (value) =>
  typeof value === 'number' && value >= MIN_ZOOM && value <= MAX_ZOOM ? value : 176,
);
