import { createEffect, on, Show, type JSX } from 'solid-js';

import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { showToast } from '../design/toast.tsx';
import { t } from '../i18n/translate.ts';
import { isConnectionLost } from '../library/connection/connection.ts';
import { reconnectNow } from '../library/connection/live-events.ts';
import styles from './connection-banner.module.css';

/** Shows that the server does not respond and, unless quiet, announces when it responds again. */
export function ConnectionBanner(props: { isQuiet?: boolean }): JSX.Element {
  createEffect(
    on(isConnectionLost, (lost, wasLost) => {
      if (!lost && wasLost === true && props.isQuiet !== true)
        showToast({ text: t('connection.back'), milliseconds: 3000 });
    }),
  );
  return (
    <div role="status">
      <Show when={isConnectionLost()}>
        <div class={styles['banner']}>
          <Icon name="warning" />
          <span>{t('connection.lost')}</span>
          <Button look="quiet" onClick={() => reconnectNow()}>
            {t('connection.tryNow')}
          </Button>
        </div>
      </Show>
    </div>
  );
}
