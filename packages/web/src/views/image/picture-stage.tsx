import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show, type JSX } from 'solid-js';

import { Icon } from '../../design/icon.tsx';
import { Button } from '../../design/button.tsx';
import { t } from '../../i18n/translate.ts';
import { reconnects } from '../../library/connection/connection.ts';
import { fileUrl, thumbnailUrl } from '../../library/files/media-url.ts';

import type { FileSummary } from '../../library/files/file-summary.ts';
import { signIns } from '../../library/connection/session.ts';
import styles from './picture-stage.module.css';
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

export interface PictureStageProps {
  readonly file: FileSummary;
  readonly alt: string;
  readonly onControls: (controls: PictureControls | undefined) => void;
  readonly onDrawn: () => void;
  /** A finger drew it aside: 1 to the next, -1 to the one before. */
  readonly onSwipe: (step: 1 | -1) => void;
}

/** How far a finger has to go for a swipe, in CSS pixels. */
const SWIPE = 60;

const nothing: Size = { width: 0, height: 0 };

/** A picture that can be zoomed into and moved, with wheel, fingers and double click. */
export function PictureStage(props: PictureStageProps): JSX.Element {
  // Remembered, since buttons outside ask for the zoom of a stage that is gone.
  const url = createMemo(() => fileUrl(props.file));
  // What belongs to a picture names it: one that was preloaded may be there before effects of the change ran.
  const [loaded, setLoaded] = createSignal<{ readonly url: string; readonly size: Size }>();
  const [zoomed, setZoomed] = createSignal<{ readonly url: string; readonly zoom: Zoom }>();
  const [stage, setStage] = createSignal(nothing);
  const [isBroken, setBroken] = createSignal(false);
  let element: HTMLDivElement | undefined;

  const picture = () => ofPresent(loaded())?.size ?? nothing;
  /** Undefined is fitted, also while the window changes. */
  const chosen = () => ofPresent(zoomed())?.zoom;
  const setChosen = (zoom: Zoom | undefined) => setZoomed(zoom && { url: url(), zoom });
  function ofPresent<T extends { readonly url: string }>(known: T | undefined): T | undefined {
    return known?.url === url() ? known : undefined;
  }
  const isDrawn = () => picture().width > 0;
  const fitted = (): Zoom => ({ scale: fitScale(picture(), stage()), x: 0, y: 0 });
  const zoom = () => {
    const zoomed = chosen();
    return zoomed === undefined ? fitted() : keepInSight(zoomed, picture(), stage());
  };
  const settle = (next: Zoom) => setChosen(next.scale <= fitScale(picture(), stage()) ? undefined : next);
  const zoomTo = (scale: number, point: Point = { x: 0, y: 0 }) =>
    settle(zoomAt(zoom(), scale / zoom().scale, point, picture(), stage()));
  const controls: PictureControls = {
    scale: () => zoom().scale,
    isFitted: () => chosen() === undefined,
    zoomBy: (factor) => zoomTo(zoom().scale * factor),
    fit: () => setChosen(undefined),
    toggleFullSize: () => toggle({ x: 0, y: 0 }),
    pan: (x, y) => settle({ ...zoom(), x: zoom().x + x, y: zoom().y + y }),
  };
  /** Full size and back; one that fits at full size is doubled. */
  const toggle = (point: Point) => {
    if (chosen() === undefined) zoomTo(fitted().scale < 1 ? 1 : 2, point);
    else setChosen(undefined);
  };
  const fromCentre = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = element?.getBoundingClientRect() ?? new DOMRect();
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
  };

  createEffect(on([url, reconnects, signIns], () => setBroken(false)));
  onMount(() => {
    if (element === undefined) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setStage({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    props.onControls(controls);
    onCleanup(() => {
      observer.disconnect();
      props.onControls(undefined);
    });
  });

  const fingers = new Map<number, Point>();
  let swipe: { readonly start: Point; readonly id: number } | undefined;
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const point = fromCentre(event);
    fingers.set(event.pointerId, point);
    swipe =
      event.pointerType !== 'mouse' && fingers.size === 1 && chosen() === undefined
        ? { start: point, id: event.pointerId }
        : undefined;
    element?.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) return;
    const now = fromCentre(event);
    fingers.set(event.pointerId, now);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) {
      swipe = undefined;
      const factor = distance(now, other) / Math.max(1, distance(before, other));
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      settle(zoomAt(zoom(), factor, middle, picture(), stage()));
    } else if (chosen() !== undefined) {
      controls.pan(now.x - before.x, now.y - before.y);
    }
  };
  const onPointerUp = (event: PointerEvent) => {
    const now = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    if (swipe?.id !== event.pointerId || now === undefined) return;
    const x = now.x - swipe.start.x;
    if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(now.y - swipe.start.y)) {
      props.onSwipe(x < 0 ? 1 : -1);
    }
    swipe = undefined;
  };

  return (
    <div
      ref={element}
      class={styles['stage']}
      data-zoomed={chosen() !== undefined}
      onWheel={(event) => {
        event.preventDefault();
        // A touchpad pinches in small steps, with the control key.
        const speed = event.ctrlKey ? 0.01 : 0.0015;
        const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1;
        settle(
          zoomAt(zoom(), Math.exp(-event.deltaY * lines * speed), fromCentre(event), picture(), stage()),
        );
      }}
      onDblClick={(event) => toggle(fromCentre(event))}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={(event) => {
        fingers.delete(event.pointerId);
        swipe = undefined;
      }}
    >
      <Show
        when={!isBroken()}
        fallback={
          <div class={styles['broken']} role="alert">
            <Icon name="broken" size={40} />
            <p>{t('image.broken')}</p>
            <Button onClick={() => setBroken(false)}>{t('common.retry')}</Button>
          </div>
        }
      >
        <Show when={!isDrawn()}>
          <img
            class={styles['preview']}
            src={thumbnailUrl(props.file, 512)}
            alt=""
            draggable={false}
            onError={(event) => (event.currentTarget.hidden = true)}
          />
        </Show>
        <img
          class={styles['picture']}
          data-drawn={isDrawn()}
          data-enlarged={zoom().scale >= 3}
          src={url()}
          alt={props.alt}
          draggable={false}
          decoding="async"
          style={{
            width: isDrawn() ? `${picture().width}px` : undefined,
            height: isDrawn() ? `${picture().height}px` : undefined,
            transform: `translate(-50%, -50%) translate(${zoom().x}px, ${zoom().y}px) scale(${zoom().scale})`,
          }}
          onLoad={({ currentTarget }) => {
            const { naturalWidth, naturalHeight } = currentTarget;
            // An SVG may have no size of its own.
            const size = { width: naturalWidth || 512, height: naturalHeight || 512 };
            setLoaded({ url: currentTarget.getAttribute('src') ?? '', size });
            props.onDrawn();
          }}
          onError={() => setBroken(true)}
        />
      </Show>
    </div>
  );
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
