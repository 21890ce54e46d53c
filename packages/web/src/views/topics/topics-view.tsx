import { For, Match, Switch, type JSX } from 'solid-js';

import { useAddressParameter } from '../../address/address-parameter.ts';
import { t } from '../../i18n/translate.ts';
import { TopicList } from './topic-list.tsx';
import { Organize } from './organize.tsx';
import { TagGraphPart } from './tag-graph.tsx';
import { ScopeFields, useScope } from './topic-scope.tsx';
import styles from './topics-view.module.css';

const parts = ['groups', 'graph', 'organize'] as const;

/** Topics of the library, their tag graph, and organizing files by topic. */
export function TopicsView(): JSX.Element {
  const [part, setPart] = useAddressParameter('part', 'groups');
  const scope = useScope();
  return (
    <section class={styles['view']} aria-label={t('view.topics')}>
      <header class={styles['header']}>
        <div class={styles['parts']} role="group" aria-label={t('view.topics')}>
          <For each={parts}>
            {(name) => (
              <button
                type="button"
                class={styles['part']}
                aria-pressed={part() === name}
                onClick={() => setPart(name)}
              >
                {t(`topics.part.${name}`)}
              </button>
            )}
          </For>
        </div>
        <ScopeFields />
      </header>
      <Switch fallback={<TopicList scope={scope()} />}>
        <Match when={part() === 'graph'}>
          <TagGraphPart scope={scope()} />
        </Match>
        <Match when={part() === 'organize'}>
          <Organize scope={scope()} />
        </Match>
      </Switch>
    </section>
  );
}
