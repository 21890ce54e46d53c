import type { ImageDescription } from '@iib-kit/contract';
import { createSignal, For, Show, type JSX } from 'solid-js';

import { Button } from '../../../design/button.tsx';
import { copyWithToast } from '../../../design/copy-value.tsx';
import { number } from '../../../i18n/format.ts';
import { t } from '../../../i18n/translate.ts';
import styles from './raw-texts.module.css';

/** Longer texts are truncated until the user asks for all of it. */
const FIRST = 4000;

/** The raw metadata of a file. */
export function RawTexts(props: { texts: ImageDescription['embedded'] }): JSX.Element {
  return (
    <ul class={styles['texts']}>
      <For each={props.texts}>
        {(text) => (
          <li>
            <RawText
              name={text.key === '' ? text.location : text.key}
              place={text.location}
              text={text.text}
            />
            <Show when={text.is_cut}>
              <p class={styles['place']}>{t('image.textIsCut')}</p>
            </Show>
          </li>
        )}
      </For>
    </ul>
  );
}

function RawText(props: { name: string; place: string; text: string }): JSX.Element {
  const [isWhole, setWhole] = createSignal(false);
  const shown = () => (isWhole() ? props.text : props.text.slice(0, FIRST));
  return (
    <>
      <header class={styles['header']}>
        <h4>
          {props.name} <span class={styles['place']}>{props.place}</span>
        </h4>
        <Button
          look="quiet"
          icon="copy"
          aria-label={t('common.copy', { name: props.name })}
          onClick={() => void copyWithToast(props.text, props.name)}
        >
          {t('common.copyShort')}
        </Button>
      </header>
      <pre class={styles['text']} tabindex="0" aria-label={props.name}>
        {shown()}
      </pre>
      <Show when={shown().length < props.text.length}>
        <Button onClick={() => setWhole(true)}>
          {t('image.showAll', { length: number(props.text.length) })}
        </Button>
      </Show>
    </>
  );
}
