import { createEffect, createMemo, createSignal, on, onCleanup, Show, type JSX } from 'solid-js';

import type { ImageFile } from '../../library/lists/image-list.ts';
import { Icon } from '../../design/icon.tsx';
import { t } from '../../i18n/translate.ts';
import { reconnects } from '../../library/connection/connection.ts';
import { acquireImageFetchSlot } from '../../library/files/image-fetch-limiter.ts';
import {
  isAudio,
  isVideo,
  streamUrl,
  thumbnailUrl,
  type ThumbnailSize,
} from '../../library/files/media-url.ts';
import { signIns } from '../../library/connection/session.ts';
import styles from './image-cell.module.css';

/** How long after a failure a thumbnail is requested again, in milliseconds. */
const RETRY_DELAY = 3000;

export interface ImageCellProps {
  readonly index: number;
  /** Undefined until it has been fetched. */
  readonly file: ImageFile | undefined;
  readonly size: ThumbnailSize;
  /** Set while the list scrolls so fast that fetching would be a waste. */
  readonly isWaiting: boolean;
  readonly isSelected: boolean;
  readonly isFocused: boolean;
  readonly isPlaying: boolean;
}

/** One image of the grid, which handles all of its events. */
export function ImageCell(props: ImageCellProps): JSX.Element {
  return (
    <div
      role="gridcell"
      class={styles['cell']}
      data-index={props.index}
      aria-selected={props.isSelected}
      aria-label={props.file?.name ?? t('common.loading')}
      tabindex={props.isFocused ? 0 : -1}
    >
      <Show when={props.file}>
        {(file) => <Picture file={file()} size={props.size} isWaiting={props.isWaiting} />}
      </Show>
      <Show when={props.file !== undefined && isVideo(props.file.fullpath)}>
        <span class={styles['badge']}>
          <Icon name="play" size={14} />
        </span>
      </Show>
      <Show when={props.isPlaying && props.file}>
        {(file) => <video class={styles['image']} src={streamUrl(file())} autoplay loop muted playsinline />}
      </Show>
      <span class={styles['check']} data-check="" aria-hidden="true">
        <Icon name="check" size={16} />
      </span>
    </div>
  );
}

function Picture(props: Pick<ImageCellProps, 'size' | 'isWaiting'> & { file: ImageFile }): JSX.Element {
  const [isBroken, setBroken] = createSignal(false);
  const [isDrawn, setDrawn] = createSignal(false);
  const isDrawable = () => !isBroken() && !isAudio(props.file.fullpath);
  /** Set once the limiter allows the fetch. */
  const [source, setSource] = createSignal<string>();
  // Once requested, it stays even if the list scrolls fast again.
  const url = createMemo((before: string | undefined) =>
    props.isWaiting && before === undefined ? undefined : thumbnailUrl(props.file, props.size),
  );
  let release = () => {};
  let image: HTMLImageElement | undefined;
  createEffect(() => {
    const requested = url();
    if (requested === undefined || !isDrawable()) return;
    release = acquireImageFetchSlot(() => setSource(requested));
    onCleanup(() => release());
  });
  onCleanup(() => {
    // Otherwise the browser goes on fetching an image that has left the page.
    if (!isDrawn()) image?.removeAttribute('src');
  });
  createEffect(on([reconnects, signIns, url], () => setBroken(false), { defer: true }));
  // A busy server may refuse the first request.
  let isTriedAgain = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const draw = () => {
    release();
    setDrawn(true);
  };
  const fail = () => {
    release();
    setSource(undefined);
    setBroken(true);
    if (isTriedAgain) return;
    isTriedAgain = true;
    timer = setTimeout(() => setBroken(false), RETRY_DELAY);
  };
  return (
    <Show
      when={isDrawable()}
      fallback={
        <span class={styles['broken']}>
          <Icon name={isBroken() ? 'broken' : 'play'} size={28} />
          <span class={styles['name']}>{props.file.name}</span>
          <Show when={isBroken()}>
            <span>{t('grid.broken')}</span>
          </Show>
        </span>
      }
    >
      <img
        ref={image}
        class={styles['image']}
        src={source()}
        alt=""
        data-drawn={isDrawn()}
        decoding="async"
        draggable={false}
        onLoad={draw}
        onError={fail}
      />
    </Show>
  );
}
