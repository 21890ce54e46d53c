import { Key } from '@solid-primitives/keyed';
import { createEffect, createSignal, For, on, Show, type JSX } from 'solid-js';
import { useQueryClient } from '@tanstack/solid-query';

import { useAddressParameter } from '../../address/address-parameter.ts';
import { Button } from '../../design/button.tsx';
import { Progress } from '../../design/progress.tsx';
import { EmptyState, ErrorState } from '../../design/state.tsx';
import { dateTime, number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { isOver, useJob, useRunningJobs } from '../../library/topics/jobs.ts';
import { queryKeys } from '../../library/connection/query-keys.ts';
import { queryRefresher } from '../../library/connection/query-refresher.ts';
import {
  useFindTopics,
  useTopics,
  type KnownTopics,
  type Topic,
  type TopicResult,
  type TopicScope,
} from '../../library/topics/topics.ts';
import { JobProgress } from './job-progress.tsx';
import { TopicImages } from './topic-images.tsx';
import { TopicCard } from './topic-card.tsx';
import styles from './topics-view.module.css';

/** The value of the address parameter `topic` for images without topic. */
const NOISE = 'none';

/** The topics of a scope as cards, or the images of the selected topic. */
export function TopicList(props: { scope: TopicScope }): JSX.Element {
  const topics = useTopics(() => props.scope);
  const jobs = useRunningJobs('cluster');
  const find = useFindTopics();
  const readAgain = queryRefresher(useQueryClient());
  const running = () => (jobs.isSuccess ? jobs.data : []);
  const [started, setStarted] = createSignal('');
  const job = useJob(started);
  // A job started here may be over before it is ever listed as running.
  const hasOwnEnded = () => job.isSuccess && job.data !== null && isOver(job.data);
  createEffect(
    on([() => running().length, hasOwnEnded], ([count, hasEnded], before) => {
      const [countBefore, hadEnded] = before ?? [0, false];
      if (count < countBefore || (hasEnded && !hadEnded)) readAgain(queryKeys.topics);
    }),
  );
  const failure = () => (job.isSuccess && job.data?.status === 'failed' ? (job.data.error ?? '') : undefined);
  const start = () => find.mutate(props.scope, { onSuccess: ({ job_id }) => setStarted(job_id) });
  return (
    <>
      <Key each={running()} by="job_id">
        {(job) => <JobProgress job={job()} label={t('topics.finding')} />}
      </Key>
      <Show when={find.isError && find.error}>
        {(error) => (
          <p class={styles['problem']} role="alert">
            {describeError(error())}
          </p>
        )}
      </Show>
      <Show when={failure() !== undefined}>
        <p class={styles['problem']} role="alert">
          {t('topics.failed', { detail: failure() ?? '' })}
        </p>
      </Show>
      <Show when={topics.isPending}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={topics.isError && topics.error}>
        {(error) => <ErrorState message={describeError(error())} onRetry={() => void topics.refetch()} />}
      </Show>
      <Show when={topics.isSuccess && topics.data}>
        {(known) => (
          <Show
            when={known().result}
            fallback={
              <Show when={running().length === 0}>
                <EmptyState icon="topics" title={t('topics.none')} hint={t('topics.noneHint')}>
                  <Button look="primary" disabled={find.isPending} onClick={start}>
                    {t('topics.find')}
                  </Button>
                </EmptyState>
              </Show>
            }
          >
            {(result) => (
              <>
                <Summary
                  known={known()}
                  result={result()}
                  isBusy={running().length > 0 || find.isPending}
                  onFind={start}
                />
                <Chosen result={result()} />
              </>
            )}
          </Show>
        )}
      </Show>
    </>
  );
}

interface SummaryProps {
  readonly known: KnownTopics;
  readonly result: TopicResult;
  readonly isBusy: boolean;
  readonly onFind: () => void;
}

function Summary(props: SummaryProps): JSX.Element {
  const problems = () => [props.result.failure, props.result.title_failure].filter((text) => text !== null);
  return (
    <div class={styles['summary']}>
      <p>
        {t('topics.summary', {
          count: props.result.clusters.length,
          images: number(props.result.count),
          date: props.known.cached_at === null ? '' : dateTime(props.known.cached_at),
        })}
      </p>
      <Show when={props.known.stale}>
        <p class={styles['stale']}>{t('topics.stale')}</p>
      </Show>
      <For each={problems()}>
        {(text) => <p class={styles['problem']}>{t('topics.modelFailed', { detail: text })}</p>}
      </For>
      <Button disabled={props.isBusy} onClick={() => props.onFind()}>
        {t('topics.findAgain')}
      </Button>
    </div>
  );
}

function Chosen(props: { result: TopicResult }): JSX.Element {
  const [chosen, setChosen] = useAddressParameter('topic');
  const topic = (): Topic | undefined => {
    if (chosen() !== NOISE) return props.result.clusters.find(({ id }) => id === chosen());
    const { noise } = props.result;
    return {
      id: NOISE,
      title: t('topics.noise'),
      keywords: [],
      size: noise.length,
      paths: noise,
      sample_prompt: '',
    };
  };
  return (
    <Show
      when={topic()}
      keyed
      fallback={
        <ul class={styles['cards']}>
          <For each={props.result.clusters}>
            {(one) => <TopicCard topic={one} onOpen={() => setChosen(one.id)} />}
          </For>
          <Show when={props.result.noise.length > 0}>
            <li>
              <Button onClick={() => setChosen(NOISE)}>
                {t('topics.noiseCount', { count: props.result.noise.length })}
              </Button>
            </li>
          </Show>
        </ul>
      }
    >
      {(open) => <TopicImages topic={open} onClose={() => setChosen('')} />}
    </Show>
  );
}
