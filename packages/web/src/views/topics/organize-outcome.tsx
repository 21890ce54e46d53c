import { Show, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { useUndoOrganizeRun, type OrganizeStatus } from '../../library/topics/organize-run.ts';
import { FileErrors } from './file-errors.tsx';
import styles from './organize.module.css';

/** The result of an organize run, with undo. */
export function OrganizeOutcome(props: { status: OrganizeStatus; onStartOver: () => void }): JSX.Element {
  const undo = useUndoOrganizeRun();
  const result = () => props.status.result;
  const isUndone = () => result()?.undo !== null && (result()?.undo?.errors.length ?? 0) === 0;
  return (
    <Show when={result()}>
      {(known) => (
        <div class={styles['plan']}>
          <div class={styles['bar']}>
            <Icon name={isUndone() ? 'undo' : 'check'} size={28} />
            <p role="status">
              {known().undo === null
                ? t(`organize.done.${props.status.req.action}`, { count: known().moved_count })
                : t('organize.undone', { count: known().undo?.restored_count ?? 0 })}
            </p>
            <Show when={!isUndone() && known().moved_count > 0}>
              <Button icon="undo" disabled={undo.isPending} onClick={() => undo.mutate(props.status.job_id)}>
                {t('common.undo')}
              </Button>
            </Show>
            <Button onClick={() => props.onStartOver()}>{t('organize.startOver')}</Button>
          </div>
          <Show when={undo.isError}>
            <p class={styles['problem']} role="alert">
              {describeError(undo.error)}
            </p>
          </Show>
          <Show when={props.status.error}>{(error) => <p class={styles['problem']}>{error()}</p>}</Show>
          <FileErrors title={t('organize.stayed')} errors={known().undo?.errors ?? known().errors} />
        </div>
      )}
    </Show>
  );
}
