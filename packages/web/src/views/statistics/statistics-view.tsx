import { For, Show, type JSX } from 'solid-js';

import { Progress } from '../../design/progress.tsx';
import { ErrorState } from '../../design/state.tsx';
import { number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { useStatistics } from '../../library/statistics.ts';
import styles from './statistics-view.module.css';

/** Counts of the library. */
export function StatisticsView(): JSX.Element {
  const statistics = useStatistics();
  return (
    <section class={styles['view']} aria-label={t('view.statistics')}>
      <Show when={statistics.isPending}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={statistics.isError && statistics.error}>
        {(error) => <ErrorState error={error()} onRetry={() => void statistics.refetch()} />}
      </Show>
      <Show when={statistics.isSuccess && statistics.data}>
        {(known) => (
          <>
            <dl class={styles['figures']}>
              <div>
                <dt>{t('statistics.images')}</dt>
                <dd>{number(known().image_count)}</dd>
              </div>
              <div>
                <dt>{t('statistics.onDisk')}</dt>
                <dd>{known().size}</dd>
              </div>
            </dl>
            <h2>{t('statistics.topModels')}</h2>
            <ol class={styles['models']}>
              <For each={known().models}>
                {({ name, count }) => (
                  <li>
                    <span>{name}</span>
                    <span>{number(count)}</span>
                  </li>
                )}
              </For>
            </ol>
          </>
        )}
      </Show>
    </section>
  );
}
