import { createSignal, type Accessor } from 'solid-js';

import { fitScale, keepInSight, zoomAt, type Point, type Size, type Zoom } from './zoom.ts';

/** What keys and buttons do with the picture. */
export interface PictureControls {
  readonly scale: () => number;
  readonly isFitted: () => boolean;
  readonly zoomBy: (factor: number) => void;
  readonly fit: () => void;
  readonly toggleFullSize: () => void;
  readonly pan: (x: number, y: number) => void;
}

export interface PictureZoom {
  readonly zoom: Accessor<Zoom>;
  readonly controls: PictureControls;
  /** Size of the picture in pixels; zero until it has loaded. */
  readonly picture: Accessor<Size>;
  readonly setLoaded: (loaded: { readonly url: string; readonly size: Size }) => void;
  readonly setStage: (stage: Size) => void;
  /** Zooms by a factor and keeps a point, relative to the centre of the stage, where it is. */
  readonly zoomAround: (factor: number, point: Point) => void;
  /** Switches between the fitted picture and actual size; doubles a picture that fits at actual size. */
  readonly toggle: (point: Point) => void;
}

const nothing: Size = { width: 0, height: 0 };

/** The zoom of the picture at a URL, which begins fitted to the stage. */
export function usePictureZoom(url: Accessor<string>): PictureZoom {
  // States name the picture that they are of, as a preloaded picture may load before effects of the change have run.
  const [loaded, setLoaded] = createSignal<{ readonly url: string; readonly size: Size }>();
  const [zoomed, setZoomed] = createSignal<{ readonly url: string; readonly zoom: Zoom }>();
  const [stage, setStage] = createSignal(nothing);
  function ofPresent<T extends { readonly url: string }>(state: T | undefined): T | undefined {
    return state?.url === url() ? state : undefined;
  }
  const picture = () => ofPresent(loaded())?.size ?? nothing;
  // Undefined means fitted, which also holds while the window is resized.
  const chosen = () => ofPresent(zoomed())?.zoom;
  const setChosen = (zoom: Zoom | undefined) => setZoomed(zoom && { url: url(), zoom });
  const fitted = (): Zoom => ({ scale: fitScale(picture(), stage()), x: 0, y: 0 });
  const zoom = () => {
    const present = chosen();
    return present === undefined ? fitted() : keepInSight(present, picture(), stage());
  };
  const apply = (next: Zoom) => setChosen(next.scale <= fitted().scale ? undefined : next);
  const zoomAround = (factor: number, point: Point) =>
    apply(zoomAt(zoom(), factor, point, picture(), stage()));
  const toggle = (point: Point) => {
    if (chosen() === undefined) zoomAround((fitted().scale < 1 ? 1 : 2) / zoom().scale, point);
    else setChosen(undefined);
  };
  const controls: PictureControls = {
    scale: () => zoom().scale,
    isFitted: () => chosen() === undefined,
    zoomBy: (factor) => zoomAround(factor, { x: 0, y: 0 }),
    fit: () => setChosen(undefined),
    toggleFullSize: () => toggle({ x: 0, y: 0 }),
    pan: (x, y) => apply({ ...zoom(), x: zoom().x + x, y: zoom().y + y }),
  };
  return { zoom, controls, picture, setLoaded, setStage, zoomAround, toggle };
}
