import { createSignal, For, Show, type JSX } from 'solid-js';
import { createStore } from 'solid-js/store';

import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/fields/text-field.tsx';
import { number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { useConfirmOrganizeRun, type OrganizePreview } from '../../library/topics/organize-run.ts';
import { Covers } from './covers.tsx';
import { FileErrors } from './file-errors.tsx';
import styles from './organize.module.css';

type PlannedTopic = OrganizePreview['clusters'][number];

/** How many moved files are added to the page at once. */
const FILES_AT_ONCE = 100;
const COVERS = 4;

interface Edit {
  readonly name?: string;
  readonly isSkipped?: boolean;
}

// Edits by plan and topic, outside the component so that they survive a look at another view.
const [edits, setEdits] = createStore<Record<string, Record<string, Edit>>>({});

export interface OrganizePlanProps {
  readonly preview: OrganizePreview;
  readonly action: 'move' | 'copy';
  readonly onStartOver: () => void;
}

/** The plan of an organize run: folders can be renamed or skipped before any file is moved. */
export function OrganizePlan(props: OrganizePlanProps): JSX.Element {
  const confirm = useConfirmOrganizeRun();
  const topics = () => {
    const { clusters, noise } = props.preview;
    return noise.file_mappings.some(isMoved) ? [...clusters, noise] : clusters;
  };
  const editOf = (topic: PlannedTopic): Edit => edits[props.preview.job_id]?.[topic.cluster_id] ?? {};
  const change = (topic: PlannedTopic, edit: Edit) => {
    const id = props.preview.job_id;
    setEdits(id, (before = {}) => ({
      ...before,
      [topic.cluster_id]: { ...before[topic.cluster_id], ...edit },
    }));
  };
  const count = () =>
    topics().reduce(
      (sum, topic) =>
        sum + (editOf(topic).isSkipped === true ? 0 : topic.file_mappings.filter(isMoved).length),
      0,
    );
  const hasNames = () =>
    topics().every((topic) => (editOf(topic).name ?? topic.suggested_folder_name).trim() !== '');
  const run = () =>
    confirm.mutate({
      job_id: props.preview.job_id,
      folder_edits: topics().flatMap((topic) => {
        const { name } = editOf(topic);
        if (name === undefined || name === topic.suggested_folder_name) return [];
        return [{ cluster_id: topic.cluster_id, new_folder_name: name.trim() }];
      }),
      skip_cluster_ids: topics().flatMap((topic) =>
        editOf(topic).isSkipped === true ? [topic.cluster_id] : [],
      ),
    });
  return (
    <div class={styles['plan']}>
      <header class={styles['bar']}>
        <p>
          {t(`organize.summary.${props.action}`, {
            count: count(),
            folders: number(topics().filter((topic) => editOf(topic).isSkipped !== true).length),
            folder: props.preview.dest_folder,
          })}
        </p>
        <Button onClick={() => props.onStartOver()}>{t('organize.startOver')}</Button>
        <Button look="primary" disabled={count() === 0 || !hasNames() || confirm.isPending} onClick={run}>
          {t(`organize.run.${props.action}`)}
        </Button>
      </header>
      <Show when={confirm.isError}>
        <p class={styles['problem']} role="alert">
          {describeError(confirm.error)}
        </p>
      </Show>
      <FileErrors title={t('organize.cannotSort')} errors={props.preview.errors} />
      <ul class={styles['groups']}>
        <For each={topics()}>
          {(topic) => (
            <TopicRow topic={topic} edit={editOf(topic)} onChange={(edit) => change(topic, edit)} />
          )}
        </For>
      </ul>
    </div>
  );
}

function isMoved({ src_path, dest_path }: PlannedTopic['file_mappings'][number]): boolean {
  return src_path !== dest_path;
}

function TopicRow(props: { topic: PlannedTopic; edit: Edit; onChange: (edit: Edit) => void }): JSX.Element {
  const [shown, setShown] = createSignal(0);
  const moved = () => props.topic.file_mappings.filter(isMoved);
  const name = () => props.edit.name ?? props.topic.suggested_folder_name;
  const isSkipped = () => props.edit.isSkipped === true;
  return (
    <li class={styles['group']} data-skipped={isSkipped()}>
      <Covers
        class={styles['covers']}
        paths={moved()
          .slice(0, COVERS)
          .map(({ src_path }) => src_path)}
      />
      <div class={styles['what']}>
        <TextField
          label={t('organize.folderName')}
          value={name()}
          disabled={isSkipped()}
          problem={name().trim() === '' ? t('organize.needsName') : undefined}
          onInput={(event) => props.onChange({ name: event.currentTarget.value })}
        />
        <p class={styles['words']}>{props.topic.keywords.join(' · ')}</p>
        <details
          onToggle={(event) => setShown(event.currentTarget.open ? Math.max(shown(), FILES_AT_ONCE) : 0)}
        >
          <summary>{t('app.counts', { count: moved().length })}</summary>
          <ol class={styles['files']}>
            <For each={moved().slice(0, shown())}>
              {(file) => (
                <li>
                  <span>{file.src_path}</span>
                  <span>→ {file.dest_path}</span>
                </li>
              )}
            </For>
          </ol>
          <Show when={shown() < moved().length}>
            <Button onClick={() => setShown((before) => before + FILES_AT_ONCE)}>{t('topics.more')}</Button>
          </Show>
        </details>
      </div>
      <label class={styles['skip']}>
        <input
          type="checkbox"
          checked={isSkipped()}
          onChange={(event) => props.onChange({ isSkipped: event.currentTarget.checked })}
        />
        {t('organize.skip')}
      </label>
    </li>
  );
}
