import { createMemo, onCleanup, onMount, Show, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { t } from '../../i18n/translate.ts';
import type { FileSummary } from '../../library/files/file-summary.ts';
import { thumbnailUrl } from '../../library/files/media-url.ts';
import { usePictureSource } from '../../library/files/use-picture-source.ts';
import styles from './picture-stage.module.css';
import { useGestures } from './use-gestures.ts';
import { usePictureZoom, type PictureControls } from './use-picture-zoom.ts';
import type { Point } from './zoom.ts';

/** An SVG may have no size of its own. */
const DEFAULT_SIZE = 512;

export interface PictureStageProps {
  readonly file: FileSummary;
  readonly alt: string;
  readonly onControls: (controls: PictureControls | undefined) => void;
  readonly onDrawn: () => void;
  readonly onSwipe: (step: 1 | -1) => void;
}

/** A picture to zoom and pan, with wheel, fingers and double click. */
export function PictureStage(props: PictureStageProps): JSX.Element {
  // A memo, because buttons outside may ask for the zoom after the stage is gone.
  const source = usePictureSource(() => props.file);
  const url = createMemo(source.url);
  const { zoom, controls, picture, setLoaded, setStage, zoomAround, toggle } = usePictureZoom(url);
  let element: HTMLDivElement | undefined;

  const fromCentre = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = element?.getBoundingClientRect() ?? new DOMRect();
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
  };
  const gestures = useGestures({
    isFitted: controls.isFitted,
    pointOf: fromCentre,
    onPan: controls.pan,
    onPinch: zoomAround,
    onSwipe: (step) => props.onSwipe(step),
  });

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
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    // A touchpad sends a pinch as small steps with the control key.
    const speed = event.ctrlKey ? 0.01 : 0.0015;
    const lineHeight = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1;
    zoomAround(Math.exp(-event.deltaY * lineHeight * speed), fromCentre(event));
  };
  const isDrawn = () => picture().width > 0;
  return (
    <div
      ref={element}
      class={styles['stage']}
      data-zoomed={!controls.isFitted()}
      onWheel={onWheel}
      onDblClick={(event) => toggle(fromCentre(event))}
      onPointerDown={gestures.onPointerDown}
      onPointerMove={gestures.onPointerMove}
      onPointerUp={gestures.onPointerUp}
      onPointerCancel={gestures.onPointerCancel}
    >
      <Show
        when={!source.isBroken()}
        fallback={
          <div class={styles['broken']} role="alert">
            <Icon name="broken" size={40} />
            <p>{t('image.broken')}</p>
            <Button onClick={source.retry}>{t('common.retry')}</Button>
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
            const size = { width: naturalWidth || DEFAULT_SIZE, height: naturalHeight || DEFAULT_SIZE };
            setLoaded({ url: currentTarget.getAttribute('src') ?? '', size });
            props.onDrawn();
          }}
          onError={({ currentTarget }) => source.failed(currentTarget.getAttribute('src'))}
        />
      </Show>
    </div>
  );
}
