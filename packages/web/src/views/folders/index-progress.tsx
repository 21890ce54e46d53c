import { Show, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { Progress } from '../../design/progress.tsx';
import { showToast } from '../../design/toast.tsx';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { isCancellation } from '../../library/connection/request-failure.ts';
import { useIndexing } from '../../library/folders/indexing.ts';
import styles from './index-progress.module.css';

/** A button to rescan the library; while a scan runs, also one started elsewhere, its progress with a cancel button. */
export function IndexProgress(): JSX.Element {
  const { running, start, cancel } = useIndexing();
  const fail = (error: unknown) => {
    if (!isCancellation(error)) showToast({ look: 'danger', text: describeError(error) });
  };
  return (
    <Show
      when={running()}
      fallback={
        <Button
          icon="search"
          disabled={start.isPending}
          onClick={() =>
            start.mutate(undefined, {
              onSuccess: () => showToast({ text: t('folders.indexed'), milliseconds: 3000 }),
              onError: fail,
            })
          }
        >
          {t('folders.index')}
        </Button>
      }
    >
      {(job) => (
        <div class={styles['running']}>
          <span class={styles['text']}>
            {job().stage === '' ? t('folders.indexing') : t('folders.indexStage', { stage: job().stage })}
            <Progress
              label={t('folders.indexing')}
              {...(job().progress > 0 ? { value: job().progress } : {})}
            />
          </span>
          <Button
            disabled={cancel.isPending}
            onClick={() =>
              cancel.mutate(job().job_id, {
                onSuccess: () => showToast({ text: t('folders.indexCancelled') }),
                onError: fail,
              })
            }
          >
            {t('common.cancel')}
          </Button>
        </div>
      )}
    </Show>
  );
}
