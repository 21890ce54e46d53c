export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `scale` is in CSS pixels per pixel of the picture; x and y are the offset of its centre from that of the stage. */
export interface Zoom extends Point {
  readonly scale: number;
}

/** At this scale single pixels are clearly visible. */
export const MAX_SCALE = 16;

/** The factor of one step by key or button. */
export const ZOOM_STEP = 1.25;

/** The scale at which the whole picture fits; small pictures are not enlarged. */
export function fitScale(picture: Size, stage: Size): number {
  const scale = Math.min(1, stage.width / picture.width, stage.height / picture.height);
  return Number.isFinite(scale) && scale > 0 ? scale : 1;
}

/** Scales by a factor and keeps a point, relative to the centre of the stage, where it is. */
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

/** Limits panning so that no edge of the picture comes inside the stage; a picture that fits stays centred. */
export function keepInSight(zoom: Zoom, picture: Size, stage: Size): Zoom {
  const room = (length: number, available: number) => Math.max(0, (length * zoom.scale - available) / 2);
  return {
    scale: zoom.scale,
    x: clamp(zoom.x, room(picture.width, stage.width)),
    y: clamp(zoom.y, room(picture.height, stage.height)),
  };
}

function clamp(value: number, most: number): number {
  // Adding 0 turns -0 into 0.
  return Math.min(Math.max(value, -most), most) + 0;
}
