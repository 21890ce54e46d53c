import { createSignal, For, onMount, type JSX } from 'solid-js';

import { t } from '../i18n/translate.ts';
import { Button, IconButton } from './button.tsx';
import styles from './toast.module.css';

export interface Toast {
  readonly text: string;
  readonly look?: 'plain' | 'danger';
  /** For example undo; choosing it dismisses the toast. */
  readonly action?: { readonly label: string; readonly onChoose: () => void };
  /** Default 6000, or 12,000 with an action. 0 for a toast that stays until it is dismissed. */
  readonly milliseconds?: number;
}

interface ShownToast extends Toast {
  readonly id: number;
}

const MAX_TOASTS = 3;

const [toasts, setToasts] = createSignal<readonly ShownToast[]>([]);
let lastId = 0;

/** Shows a message in a corner without moving the focus. Returns a function that dismisses it. */
export function showToast(toast: Toast): () => void {
  const id = (lastId += 1);
  setToasts((shown) => [...shown, { ...toast, id }].slice(-MAX_TOASTS));
  return () => dismiss(id);
}

function dismiss(id: number): void {
  setToasts((shown) => shown.filter((toast) => toast.id !== id));
}

/** The region where toasts appear. Rendered once. */
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
  // A toast under the pointer or with the focus stays.
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
