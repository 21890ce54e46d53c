import { For, type JSX } from 'solid-js';

import { Dialog } from '../../design/dialog.tsx';
import { t } from '../../i18n/translate.ts';
import styles from './keys-dialog.module.css';
import { keyHelp } from './view-keys.ts';

/** The keyboard shortcuts of the image view. */
export function KeysDialog(props: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('image.keys')} isOpen onClose={() => props.onClose()}>
      <dl class={styles['keys']}>
        <For each={keyHelp}>
          {([key, meaning]) => (
            <>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{t(meaning)}</dd>
            </>
          )}
        </For>
      </dl>
    </Dialog>
  );
}
