import { createEffect, createUniqueId, onCleanup, type JSX } from 'solid-js';

import { t } from '../i18n/translate.ts';
import { IconButton } from './button.tsx';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  /** Called on Escape, the close button, or a click outside. */
  readonly onClose: () => void;
  /** Hides the close button and ignores Escape. */
  readonly isRequired?: boolean;
  readonly width?: 'narrow' | 'wide';
  readonly children: JSX.Element;
  /** Buttons in the footer. */
  readonly actions?: JSX.Element;
}

/** A native modal dialog: the browser traps and restores the focus. */
export function Dialog(props: DialogProps): JSX.Element {
  const titleId = createUniqueId();
  let element: HTMLDialogElement | undefined;
  createEffect(() => {
    if (props.isOpen && element?.open === false) element.showModal();
    if (!props.isOpen && element?.open === true) element.close();
  });
  onCleanup(() => element?.close());
  return (
    <dialog
      ref={element}
      class={styles['dialog']}
      data-width={props.width ?? 'narrow'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (props.isRequired !== true) props.onClose();
      }}
      onClick={(event) => {
        if (event.target === element && props.isRequired !== true) props.onClose();
      }}
    >
      {/* Its own box, so that a click on the dialog itself is one beside its content. */}
      <div class={styles['content']}>
        <header class={styles['header']}>
          <h2 id={titleId}>{props.title}</h2>
          {props.isRequired !== true && (
            <IconButton icon="close" label={t('common.close')} onClick={() => props.onClose()} />
          )}
        </header>
        <div class={styles['body']}>{props.children}</div>
        {props.actions !== undefined && <footer class={styles['actions']}>{props.actions}</footer>}
      </div>
    </dialog>
  );
}
