import { Show, type JSX } from 'solid-js';

import { Button } from '../../../design/button.tsx';
import { copyWithToast } from '../../../design/copy-value.tsx';
import { t } from '../../../i18n/translate.ts';
import styles from './prompt-text.module.css';

/** A prompt with a copy button. */
export function PromptText(props: {
  label: string;
  text: string | undefined;
  look?: 'plain' | 'negative';
}): JSX.Element {
  return (
    <Show when={props.text}>
      {(text) => (
        <section class={styles['prompt']} data-look={props.look ?? 'plain'} aria-label={props.label}>
          <header class={styles['header']}>
            <h3>{props.label}</h3>
            <Button
              look="quiet"
              icon="copy"
              aria-label={t('common.copy', { name: props.label })}
              onClick={() => void copyWithToast(text(), props.label)}
            >
              {t('common.copyShort')}
            </Button>
          </header>
          <p class={styles['text']} dir="auto">
            {text()}
          </p>
        </section>
      )}
    </Show>
  );
}
