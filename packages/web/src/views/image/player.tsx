import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { t } from '../../i18n/translate.ts';
import { reconnects } from '../../library/connection/connection.ts';
import { signIns } from '../../library/connection/session.ts';
import styles from './player.module.css';

/** The browser's player: for a video or, without a poster, for audio. */
export function Player(props: { name: string; url: string; poster?: string }): JSX.Element {
  const [isBroken, setBroken] = createSignal(false);
  createEffect(on([() => props.url, reconnects, signIns], () => setBroken(false)));
  return (
    <div class={styles['player']}>
      <Show
        when={!isBroken()}
        fallback={
          <div class={styles['broken']} role="alert">
            <Icon name="broken" size={40} />
            <p>{t('image.unplayable')}</p>
            <Button onClick={() => setBroken(false)}>{t('common.retry')}</Button>
          </div>
        }
      >
        <Show
          when={props.poster}
          fallback={
            <audio
              src={props.url}
              controls
              preload="metadata"
              aria-label={props.name}
              onError={() => setBroken(true)}
            />
          }
        >
          {(poster) => (
            <video
              src={props.url}
              poster={poster()}
              controls
              loop
              playsinline
              preload="metadata"
              aria-label={props.name}
              onError={() => setBroken(true)}
            />
          )}
        </Show>
      </Show>
    </div>
  );
}
