import type { Job } from '@iib-kit/client/browser';
import { Show, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { Progress } from '../../design/progress.tsx';
import { number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { useCancelJob } from '../../library/topics/jobs.ts';
import styles from './topics-view.module.css';

/** The progress of a job, with a cancel button. */
export function JobProgress(props: { job: Job; label: string }): JSX.Element {
  const cancel = useCancelJob();
  return (
    <div class={styles['job']} role="status">
      <p>
        {props.label} · {number(Math.round(props.job.progress * 100))} %
      </p>
      <Progress label={props.label} value={props.job.progress} />
      <Button disabled={cancel.isPending} onClick={() => cancel.mutate(props.job.job_id)}>
        {t('common.cancel')}
      </Button>
      <Show when={cancel.isError}>
        <p class={styles['problem']} role="alert">
          {describeError(cancel.error)}
        </p>
      </Show>
    </div>
  );
}
