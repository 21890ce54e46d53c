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

/** When a picture that did not come is asked for again, in milliseconds. */
const SECOND_TRY = 3000;

export interface ImageCellProps {
  readonly index: number;
  /** Undefined until it is known. */
  readonly file: ImageFile | undefined;
  readonly size: ThumbnailSize;
  /** While the list rushes by, nothing is asked for. */
  readonly isWaiting: boolean;
  readonly isSelected: boolean;
  readonly isFocused: boolean;
  readonly isPlaying: boolean;
}

/** One image of the grid. What is done with it, the grid hears. */
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
  /** What is fetched, or was. */
  const [source, setSource] = createSignal<string>();
  // What was asked for once stays, also when the list rushes on.
  const url = createMemo((before: string | undefined) =>
    props.isWaiting && before === undefined ? undefined : thumbnailUrl(props.file, props.size),
  );
  let leave = () => {};
  let image: HTMLImageElement | undefined;
  createEffect(() => {
    const wanted = url();
    if (wanted === undefined || !isDrawable()) return;
    leave = acquireImageFetchSlot(() => setSource(wanted));
    onCleanup(() => leave());
  });
  onCleanup(() => {
    // A picture that left the page would be fetched on.
    if (!isDrawn()) image?.removeAttribute('src');
  });
  createEffect(on([reconnects, signIns, url], () => setBroken(false), { defer: true }));
  // A server that is busy may refuse once.
  let isTriedAgain = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const draw = () => {
    leave();
    setDrawn(true);
  };
  const fail = () => {
    leave();
    setSource(undefined);
    setBroken(true);
    if (isTriedAgain) return;
    isTriedAgain = true;
    timer = setTimeout(() => setBroken(false), SECOND_TRY);
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
