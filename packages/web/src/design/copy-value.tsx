import type { JSX } from 'solid-js';

import { t } from '../i18n/translate.ts';
import { copyText } from './copy-text.ts';
import styles from './copy-value.module.css';
import { Icon } from './icon.tsx';
import { showToast } from './toast.tsx';

/** Copies a text and confirms it with a toast. */
export async function copyWithToast(text: string, name: string): Promise<void> {
  const isCopied = await copyText(text);
  showToast(
    isCopied
      ? { text: t('common.copied', { name }), milliseconds: 2000 }
      : { look: 'danger', text: t('common.notCopied') },
  );
}

export interface CopyValueProps {
  readonly name: string;
  readonly value: string;
  /** Shown instead of a value that is too long. */
  readonly shown?: string;
  readonly isBlock?: boolean;
}

/** A value that a click copies. */
export function CopyValue(props: CopyValueProps): JSX.Element {
  return (
    <button
      type="button"
      class={styles['value']}
      data-block={props.isBlock === true}
      title={t('common.copy', { name: props.name })}
      onClick={() => {
        // A user who has selected a part of the text wants to copy only that.
        if (String(getSelection()) === '') void copyWithToast(props.value, props.name);
      }}
    >
      <span class="visually-hidden">{t('common.copy', { name: props.name })}: </span>
      <span class={styles['text']}>{props.shown ?? props.value}</span>
      <Icon name="copy" size={14} />
    </button>
  );
}
