import { createSignal, For, onMount, type JSX } from 'solid-js';

import { t } from '../i18n/translate.ts';
import { Button, IconButton } from './button.tsx';
import styles from './toast.module.css';

export interface Toast {
  readonly text: string;
  readonly look?: 'plain' | 'danger';
  /** Such as undo; the toast goes when it is chosen. */
  readonly action?: { readonly label: string; readonly onChoose: () => void };
  /** Default 6000; those with an action stay 12,000. 0 stays until it is dismissed. */
  readonly milliseconds?: number;
}

interface ShownToast extends Toast {
  readonly id: number;
}

const MOST_AT_ONCE = 3;

const [toasts, setToasts] = createSignal<readonly ShownToast[]>([]);
let lastId = 0;

/** Tells of something that happened, in a corner, without taking the focus. Answers a function that takes it away. */
export function showToast(toast: Toast): () => void {
  const id = (lastId += 1);
  setToasts((shown) => [...shown, { ...toast, id }].slice(-MOST_AT_ONCE));
  return () => dismiss(id);
}

function dismiss(id: number): void {
  setToasts((shown) => shown.filter((toast) => toast.id !== id));
}

/** Where toasts appear; once in the application. */
export function ToastRegion(): JSX.Element {
  return (
    <div class={styles['region']} role="status" aria-live="polite">
      <For each={toasts()}>{(toast) => <ToastCard toast={toast} />}</For>
    </div>
  );
}

function ToastCard(props: { toast: ShownToast }): JSX.Element {
  const { id, action } = props.toast;
  let left = props.toast.milliseconds ?? (action === undefined ? 6000 : 12_000);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since = 0;
  const run = () => {
    if (left <= 0) return;
    since = performance.now();
    timer = setTimeout(() => dismiss(id), left);
  };
  // What is being pointed at or read does not go away.
  const hold = () => {
    clearTimeout(timer);
    left = Math.max(1, left - (performance.now() - since));
  };
  onMount(run);
  return (
    <div
      class={styles['toast']}
      data-look={props.toast.look ?? 'plain'}
      onMouseEnter={hold}
      onMouseLeave={run}
      onFocusIn={hold}
      onFocusOut={run}
    >
      <span class={styles['text']}>{props.toast.text}</span>
      {action !== undefined && (
        <Button
          look="quiet"
          onClick={() => {
            dismiss(id);
            action.onChoose();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label={t('common.dismiss')} onClick={() => dismiss(id)} />
    </div>
  );
}
