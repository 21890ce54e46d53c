import { createSignal, For, Show, type JSX } from 'solid-js';

import { Button, IconButton } from '../../design/button.tsx';
import { Disclosure } from '../../design/disclosure.tsx';
import { Progress } from '../../design/progress.tsx';
import { showToast } from '../../design/toast.tsx';
import { number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import type { BulkProgress } from '../../library/bulk/bulk-operations.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import styles from './bulk-progress-card.module.css';

export interface BulkProgressCardProps {
  readonly progress: BulkProgress;
  readonly onCancel: () => void;
  readonly onDismiss: () => void;
  /** Resolves with a message for each file that could not be restored. */
  readonly onRestore: (ids: readonly string[]) => Promise<readonly string[]>;
}

/** The progress of a bulk operation and, at the end, its failures. */
export function BulkProgressCard(props: BulkProgressCardProps): JSX.Element {
  const [isRestoring, setRestoring] = createSignal(false);
  const succeeded = () => props.progress.done - props.progress.failed;
  const restore = async () => {
    setRestoring(true);
    try {
      const problems = await props.onRestore(props.progress.trashed);
      showToast(
        problems.length === 0
          ? { text: t('bulk.restored', { count: props.progress.trashed.length }) }
          : { look: 'danger', text: problems.slice(0, 5).join('\n'), milliseconds: 0 },
      );
      props.onDismiss();
    } catch (error) {
      showToast({ look: 'danger', text: describeError(error) });
    } finally {
      setRestoring(false);
    }
  };
  return (
    <section class={styles['card']} aria-label={t('bulk.progress')}>
      <header class={styles['header']}>
        <p class={styles['text']} role="status">
          <Show
            when={props.progress.isOver}
            fallback={t('bulk.doneOf', {
              done: number(props.progress.done),
              total: number(props.progress.total),
            })}
          >
            {t(`bulk.done.${props.progress.operation.kind}`, { count: Math.max(0, succeeded()) })}
            <Show when={props.progress.failed > 0}>
              {' '}
              <span class={styles['failed']}>{t('bulk.failed', { count: props.progress.failed })}</span>
            </Show>
          </Show>
        </p>
        <Show when={props.progress.isOver && props.progress.trashed.length > 0}>
          <Button icon="undo" disabled={isRestoring()} onClick={() => void restore()}>
            {t('common.undo')}
          </Button>
        </Show>
        <Show
          when={props.progress.isOver}
          fallback={<Button onClick={() => props.onCancel()}>{t('common.cancel')}</Button>}
        >
          <IconButton icon="close" label={t('common.dismiss')} onClick={() => props.onDismiss()} />
        </Show>
      </header>
      <Show when={!props.progress.isOver}>
        <Progress
          label={t('bulk.progress')}
          value={props.progress.total === 0 ? 0 : props.progress.done / props.progress.total}
        />
      </Show>
      <Show when={props.progress.waitingFor}>
        {(reason) => <p class={styles['failed']}>{t('bulk.waiting', { reason: reason() })}</p>}
      </Show>
      <Show when={props.progress.failures.length > 0}>
        <Disclosure label={t('bulk.whatFailed')} isOpenFirst>
          <ul class={styles['failures']} tabindex="0" aria-label={t('bulk.whatFailed')}>
            <For each={props.progress.failures}>
              {({ name, reason }) => <li>{name === '' ? reason : `${name}: ${reason}`}</li>}
            </For>
          </ul>
        </Disclosure>
      </Show>
    </section>
  );
}
