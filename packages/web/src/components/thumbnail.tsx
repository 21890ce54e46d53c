import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { Icon } from '../design/icon.tsx';
import { t } from '../i18n/translate.ts';
import { reconnects } from '../library/connection/connection.ts';
import { isVideo, thumbnailUrl, type ThumbnailSize } from '../library/files/media-url.ts';
import { signIns } from '../library/connection/session.ts';
import styles from './thumbnail.module.css';

export interface ThumbnailProps {
  readonly file: { readonly name: string; readonly fullpath: string; readonly date: number };
  readonly size?: ThumbnailSize;
}

/** The thumbnail of an image or video. One that fails is loaded again after a reconnect or sign-in. */
export function Thumbnail(props: ThumbnailProps): JSX.Element {
  const [isBroken, setBroken] = createSignal(false);
  const url = () => thumbnailUrl(props.file, props.size ?? 256);
  createEffect(on([reconnects, signIns, url], () => setBroken(false)));
  return (
    <div class={styles['thumbnail']} title={props.file.name}>
      <Show
        when={!isBroken()}
        fallback={
          <span class={styles['broken']}>
            <Icon name="broken" size={28} />
            <span>{t('grid.broken')}</span>
          </span>
        }
      >
        <img
          class={styles['image']}
          src={url()}
          alt={props.file.name}
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(true)}
        />
      </Show>
      <Show when={isVideo(props.file.fullpath)}>
        <span class={styles['badge']}>
          <Icon name="play" size={14} />
        </span>
      </Show>
    </div>
  );
}
