import { Match, Show, Switch, type JSX } from 'solid-js';

import { useAddressParameter } from '../../address/address-parameter.ts';
import { Button } from '../../design/button.tsx';
import { Progress } from '../../design/progress.tsx';
import { EmptyState, ErrorState } from '../../design/state.tsx';
import { describeError } from '../../library/connection/describe-error.ts';
import { t } from '../../i18n/translate.ts';
import { isOver, useJob } from '../../library/topics/jobs.ts';
import { useOrganizeRun } from '../../library/topics/organize-run.ts';
import type { TopicScope } from '../../library/topics/topics.ts';
import { JobProgress } from './job-progress.tsx';
import { OrganizeForm } from './organize-form.tsx';
import { OrganizeOutcome } from './organize-outcome.tsx';
import { OrganizePlan } from './organize-plan.tsx';

/** An organize run: its form, plan, progress and result, with undo. */
export function Organize(props: { scope: TopicScope }): JSX.Element {
  const [id, setId] = useAddressParameter('job');
  const job = useJob(id);
  const found = () => (job.isSuccess ? job.data : undefined);
  const running = () => {
    const known = found();
    return known && !isOver(known) ? known : undefined;
  };
  // Changes each time the job stops. A job that the server no longer lists may still have a stored result.
  const state = () => {
    const known = found();
    if (known === undefined || running() !== undefined) return '';
    return known === null ? 'forgotten' : `${known.status} ${known.updated_at}`;
  };
  const status = useOrganizeRun(id, state);
  const known = () => (status.isSuccess ? status.data : undefined);
  const retry = () => {
    void job.refetch();
    void status.refetch();
  };
  const label = () => {
    const stage = running()?.stage;
    if (stage === 'moving') return t('organize.moving');
    return stage === 'undoing' ? t('organize.undoing') : t('organize.planning');
  };
  return (
    <Show when={id() !== ''} fallback={<OrganizeForm scope={props.scope} onStart={setId} />}>
      <Switch fallback={<Progress label={t('common.loading')} />}>
        <Match when={running()}>{(now) => <JobProgress job={now()} label={label()} />}</Match>
        <Match when={(job.isError && job.error) || (status.isError && status.error)}>
          {(error) => (
            <>
              <ErrorState message={describeError(error())} onRetry={retry} />
              <StartOver onClick={() => setId('')} />
            </>
          )}
        </Match>
        <Match when={known()?.result && known()}>
          {(now) => <OrganizeOutcome status={now()} onStartOver={() => setId('')} />}
        </Match>
        <Match
          when={known()?.stage === 'preview_ready' && known()?.status === 'completed' && known()?.preview}
        >
          {(preview) => (
            <OrganizePlan
              preview={preview()}
              action={known()?.req.action ?? 'move'}
              onStartOver={() => setId('')}
            />
          )}
        </Match>
        <Match when={known()}>
          {(now) => (
            <EmptyState
              icon="warning"
              title={now().status === 'cancelled' ? t('organize.cancelled') : t('organize.failed')}
              hint={now().error ?? ''}
            >
              <StartOver onClick={() => setId('')} />
            </EmptyState>
          )}
        </Match>
      </Switch>
    </Show>
  );
}

function StartOver(props: { onClick: () => void }): JSX.Element {
  return <Button onClick={() => props.onClick()}>{t('organize.startOver')}</Button>;
}
