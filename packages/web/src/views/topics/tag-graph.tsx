import { A } from '@solidjs/router';
import { createMemo, For, Show, type JSX } from 'solid-js';

import { useAddressParameter } from '../../address/address-parameter.ts';
import { Button } from '../../design/button.tsx';
import { Progress } from '../../design/progress.tsx';
import { EmptyState, ErrorState } from '../../design/state.tsx';
import { describeError } from '../../library/connection/describe-error.ts';
import { t } from '../../i18n/translate.ts';
import { searchPath } from '../../address/search-path.ts';
import { phraseTerm } from '../../query/print-term.ts';
import { useTagGraph, useTopics, type TagGraph, type TopicScope } from '../../library/topics/topics.ts';
import { layOutGraph, type Column, type GraphLine, type GraphNode } from './graph-layout.ts';
import styles from './tag-graph.module.css';

const ROWS = 30;
/** Height of a row, as in the style sheet, and distance between columns, in CSS pixels. */
const ROW = 34;
const GAP = 96;

/** Topics, the keywords that they share, and the subjects above those; selecting a node shows only its connections. */
export function TagGraphPart(props: { scope: TopicScope }): JSX.Element {
  const topics = useTopics(() => props.scope);
  const result = () => (topics.isSuccess ? topics.data.result : null);
  const graph = useTagGraph(() => (result()?.clusters.length ? (result()?.folders ?? []) : []));
  return (
    <>
      <Show when={topics.isPending || graph.isFetching}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={(topics.isError && topics.error) || (graph.isError && graph.error)}>
        {(error) => <ErrorState message={describeError(error())} onRetry={() => void topics.refetch()} />}
      </Show>
      <Show when={topics.isSuccess && (result()?.clusters.length ?? 0) === 0}>
        <EmptyState icon="topics" title={t('topics.none')} hint={t('topics.graphNeedsGroups')}>
          <ToTopics />
        </EmptyState>
      </Show>
      <Show when={graph.isSuccess && graph.data}>{(known) => <Graph graph={known()} />}</Show>
    </>
  );
}

function ToTopics(): JSX.Element {
  const [, setPart] = useAddressParameter('part', 'groups');
  return (
    <Button look="primary" onClick={() => setPart('groups')}>
      {t('topics.part.groups')}
    </Button>
  );
}

function Graph(props: { graph: TagGraph }): JSX.Element {
  const [chosen, setChosen] = useAddressParameter('node');
  const layout = createMemo(() => layOutGraph(props.graph, chosen() === '' ? undefined : chosen(), ROWS));
  const height = () => Math.max(1, ...layout().columns.map(({ nodes }) => nodes.length)) * ROW;
  const chosenNode = () =>
    layout()
      .columns.flatMap(({ nodes }) => nodes)
      .find(({ id }) => id === chosen());
  return (
    <>
      <p class={styles['hint']}>{t('topics.graphHint')}</p>
      <Show when={chosenNode()}>{(node) => <ChosenNode node={node()} onClear={() => setChosen('')} />}</Show>
      <div class={styles['scroll']} tabindex="0" role="group" aria-label={t('topics.part.graph')}>
        <div class={styles['graph']}>
          <For each={layout().columns}>
            {(column, index) => (
              <>
                <Show when={index() > 0}>
                  <Lines
                    lines={layout().lines.filter((line) => line.column === index() - 1)}
                    height={height()}
                  />
                </Show>
                <ColumnList
                  column={column}
                  chosen={chosen()}
                  onChoose={(id) => setChosen(id === chosen() ? '' : id)}
                />
              </>
            )}
          </For>
        </div>
      </div>
    </>
  );
}

function ColumnList(props: { column: Column; chosen: string; onChoose: (id: string) => void }): JSX.Element {
  const level = () => (props.column.level >= 2 ? 'abstract' : props.column.level === 1 ? 'tag' : 'cluster');
  return (
    <div class={styles['column']}>
      <h2 class={styles['heading']}>{t(`topics.level.${level()}`)}</h2>
      <ul>
        <For each={props.column.nodes}>
          {(node) => (
            <li class={styles['row']}>
              <button
                type="button"
                class={styles['node']}
                data-type={node.metadata.type}
                aria-pressed={node.id === props.chosen}
                title={node.label}
                onClick={() => props.onChoose(node.id)}
              >
                <span class={styles['label']}>{node.label}</span>
                <span class={styles['count']}>{node.metadata.image_count}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.column.hidden > 0}>
        <p class={styles['hidden']}>{t('topics.hiddenNodes', { count: props.column.hidden })}</p>
      </Show>
    </div>
  );
}

function Lines(props: { lines: readonly GraphLine[]; height: number }): JSX.Element {
  const path = ({ fromRow, toRow }: GraphLine) => {
    const [from, to] = [(fromRow + 0.5) * ROW, (toRow + 0.5) * ROW];
    return `M0 ${from}C${GAP / 2} ${from} ${GAP / 2} ${to} ${GAP} ${to}`;
  };
  return (
    <svg class={styles['lines']} width={GAP} height={props.height} aria-hidden="true">
      <For each={props.lines}>
        {(line) => (
          <path
            d={path(line)}
            stroke-width={1 + line.strength * 2.5}
            stroke-opacity={0.15 + line.strength * 0.45}
          />
        )}
      </For>
    </svg>
  );
}

function ChosenNode(props: { node: GraphNode; onClear: () => void }): JSX.Element {
  const [, setPart] = useAddressParameter('part', 'groups');
  const [, setTopic] = useAddressParameter('topic');
  return (
    <div class={styles['chosen']}>
      <strong>{props.node.label}</strong>
      <span>{t('app.counts', { count: props.node.metadata.image_count })}</span>
      <Show when={props.node.metadata.cluster_id}>
        {(cluster) => (
          <Button
            icon="images"
            onClick={() => {
              setTopic(cluster());
              setPart('groups');
            }}
          >
            {t('topics.showImages')}
          </Button>
        )}
      </Show>
      <Show when={props.node.metadata.type === 'tag'}>
        <A href={searchPath(phraseTerm(props.node.label))}>
          {t('topics.searchFor', { word: props.node.label })}
        </A>
      </Show>
      <Button icon="close" onClick={() => props.onClear()}>
        {t('topics.wholeGraph')}
      </Button>
    </div>
  );
}
