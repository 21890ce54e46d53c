import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { SelectField } from '../../design/fields/select-field.tsx';
import { TextField } from '../../design/fields/text-field.tsx';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { useServerSettings } from '../../library/info/server-settings.ts';
import { useStartOrganizeRun } from '../../library/topics/organize-run.ts';
import type { TopicScope } from '../../library/topics/topics.ts';
import styles from './organize.module.css';

const namings = ['title', 'keywords', 'id'] as const;
const actions = ['move', 'copy'] as const;
const leftovers = ['unsorted', 'leave'] as const;

/** The parameters of an organize run. */
export function OrganizeForm(props: { scope: TopicScope; onStart: (job: string) => void }): JSX.Element {
  const folders = useServerSettings();
  const plan = useStartOrganizeRun();
  const sources = () => {
    if (props.scope.folder !== '') return [props.scope.folder];
    return folders.isSuccess ? [...new Set(folders.data.extra_paths.map(({ path }) => path))] : [];
  };
  const [destination, setDestination] = createSignal('');
  const [naming, setNaming] = createSignal<(typeof namings)[number]>('title');
  const [action, setAction] = createSignal<(typeof actions)[number]>('move');
  const [leftover, setLeftover] = createSignal<(typeof leftovers)[number]>('unsorted');
  createEffect(
    on(sources, ([first], before) => {
      const [firstBefore = ''] = before ?? [];
      // Keeps what the user typed.
      if (destination() === firstBefore) setDestination(first ?? '');
    }),
  );
  const start = () =>
    plan.mutate(
      {
        folder_paths: sources(),
        dest_folder: destination(),
        threshold: props.scope.threshold,
        min_cluster_size: props.scope.minSize,
        recursive: true,
        folder_naming: naming(),
        action: action(),
        handle_noise: leftover(),
        noise_folder_name: t('organize.unsortedFolder'),
      },
      { onSuccess: ({ job_id }) => props.onStart(job_id) },
    );
  return (
    <form
      class={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <p>{t('organize.explanation')}</p>
      <TextField
        label={t('organize.destination')}
        value={destination()}
        spellcheck={false}
        onInput={(event) => setDestination(event.currentTarget.value)}
      />
      <div class={styles['choices']}>
        <SelectField
          label={t('organize.action')}
          value={action()}
          options={actions.map((value) => ({ value, label: t(`organize.action.${value}`) }))}
          onChange={setAction}
        />
        <SelectField
          label={t('organize.naming')}
          value={naming()}
          options={namings.map((value) => ({ value, label: t(`organize.naming.${value}`) }))}
          onChange={setNaming}
        />
        <SelectField
          label={t('organize.leftover')}
          value={leftover()}
          options={leftovers.map((value) => ({ value, label: t(`organize.leftover.${value}`) }))}
          onChange={setLeftover}
        />
      </div>
      <Show when={plan.isError}>
        <p class={styles['problem']} role="alert">
          {describeError(plan.error)}
        </p>
      </Show>
      <div>
        <Button type="submit" look="primary" disabled={plan.isPending || sources().length === 0}>
          {t('organize.plan')}
        </Button>
      </div>
    </form>
  );
}
