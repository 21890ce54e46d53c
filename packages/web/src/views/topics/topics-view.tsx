import { A } from '@solidjs/router';
import { For, Show, type JSX } from 'solid-js';

import { Progress } from '../../design/progress.tsx';
import { ErrorState } from '../../design/state.tsx';
import { number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { useBasicInfo } from '../../library/facts.ts';
import styles from './topics-view.module.css';

/** How many of the words that prompts use most are shown. */
const WORDS = 200;

/** What the prompts of the library are about, by their most used words. */
export function TopicsView(): JSX.Element {
  const info = useBasicInfo();
  const words = () =>
    (info.isSuccess ? info.data.tags : [])
      .filter(({ type }) => type === 'pos')
      .sort((a, b) => b.count - a.count)
      .slice(0, WORDS);
  return (
    <section class={styles['view']} aria-label={t('view.topics')}>
      <Show when={info.isPending}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={info.isError && info.error}>
        {(error) => <ErrorState error={error()} onRetry={() => void info.refetch()} />}
      </Show>
      <ul class={styles['words']}>
        <For each={words()}>
          {({ name, count }) => (
            <li>
              <A href={`/?q=${encodeURIComponent(JSON.stringify(name))}`}>{name}</A> {number(count)}
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
