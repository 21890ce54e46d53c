export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Scale is CSS pixels for a pixel of the picture; x and y are how far its centre is from that of the stage. */
export interface Zoom extends Point {
  readonly scale: number;
}

/** Largest scale: single pixels are then squares that can be counted. */
export const MAX_SCALE = 16;

/** One step of the keys and buttons. */
export const ZOOM_STEP = 1.25;

/** The scale at which the whole picture is seen; small ones are not enlarged. */
export function fitScale(picture: Size, stage: Size): number {
  const scale = Math.min(1, stage.width / picture.width, stage.height / picture.height);
  return Number.isFinite(scale) && scale > 0 ? scale : 1;
}

/** Scales by a factor and keeps the point under the pointer where it is; the point is seen from the stage's centre. */
export function zoomAt(zoom: Zoom, factor: number, point: Point, picture: Size, stage: Size): Zoom {
  const least = fitScale(picture, stage);
  const scale = Math.min(Math.max(zoom.scale * factor, least), Math.max(MAX_SCALE, least));
  const ratio = scale / zoom.scale;
  return keepInSight(
    { scale, x: point.x - (point.x - zoom.x) * ratio, y: point.y - (point.y - zoom.y) * ratio },
    picture,
    stage,
  );
}

/** No side of the picture is dragged past that of the stage, and one that fits stays in the middle. */
export function keepInSight(zoom: Zoom, picture: Size, stage: Size): Zoom {
  const room = (length: number, available: number) => Math.max(0, (length * zoom.scale - available) / 2);
  return {
    scale: zoom.scale,
    x: clamp(zoom.x, room(picture.width, stage.width)),
    y: clamp(zoom.y, room(picture.height, stage.height)),
  };
}

function clamp(value: number, most: number): number {
  // Never the negative zero of an empty room.
  return Math.min(Math.max(value, -most), most) + 0;
}
