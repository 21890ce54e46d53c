import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { Button } from '../../../design/button.tsx';
import { CopyValue } from '../../../design/copy-value.tsx';
import { TextField } from '../../../design/fields/text-field.tsx';
import { number } from '../../../i18n/format.ts';
import { t } from '../../../i18n/translate.ts';
import { searchNodes, type GraphNode } from './comfy-graph.ts';
import styles from './graph-list.module.css';

/** How many nodes are added to the page at once: some graphs have thousands. */
const FIRST = 100;

/** Longer values are truncated, but copied whole. */
const SHOWN_LENGTH = 2000;

/** The nodes of a ComfyUI workflow, searchable. */
export function GraphList(props: { nodes: readonly GraphNode[] }): JSX.Element {
  const [needle, setNeedle] = createSignal('');
  const [most, setMost] = createSignal(FIRST);
  const found = createMemo(() => searchNodes(props.nodes, needle()));
  const byId = createMemo(() => new Map(props.nodes.map((node) => [node.id, node])));
  return (
    <div class={styles['graph']}>
      <TextField
        label={t('image.graph.search')}
        type="search"
        value={needle()}
        onInput={(event) => {
          setNeedle(event.currentTarget.value);
          setMost(FIRST);
        }}
      />
      <p class={styles['count']} role="status">
        {t('image.graph.nodes', { count: found().length })}
      </p>
      <ol class={styles['nodes']}>
        <For each={found().slice(0, most())}>
          {(node) => (
            <li class={styles['node']} data-node={node.id}>
              <h4 class={styles['type']}>
                {node.title ?? node.type}{' '}
                <span class={styles['id']}>
                  {node.title === undefined ? '' : `${node.type} `}#{node.id}
                </span>
              </h4>
              <dl class={styles['fields']}>
                <For each={node.values}>
                  {({ name, text }) => (
                    <>
                      <dt>{name}</dt>
                      <dd>
                        <CopyValue
                          name={name}
                          value={text}
                          {...(text.length > SHOWN_LENGTH
                            ? { shown: `${text.slice(0, SHOWN_LENGTH)}…` }
                            : {})}
                        />
                      </dd>
                    </>
                  )}
                </For>
                <For each={node.links}>
                  {({ name, from }) => (
                    <>
                      <dt>{name}</dt>
                      <dd>
                        <button
                          type="button"
                          class={styles['link']}
                          onClick={(event) =>
                            goTo(event.currentTarget, from, () => setNeedle(''), setMost, props.nodes)
                          }
                        >
                          ← {byId().get(from)?.title ?? byId().get(from)?.type ?? ''} #{from}
                        </button>
                      </dd>
                    </>
                  )}
                </For>
              </dl>
            </li>
          )}
        </For>
      </ol>
      <Show when={found().length > most()}>
        <Button onClick={() => setMost(most() * 4)}>
          {t('image.graph.more', { left: number(found().length - most()) })}
        </Button>
      </Show>
    </div>
  );
}

/** Scrolls to the node that a link comes from; clears a search that hides it. */
function goTo(
  button: HTMLElement,
  id: string,
  showAll: () => void,
  setMost: (most: number) => void,
  nodes: readonly GraphNode[],
): void {
  const list = button.closest('ol');
  const find = () => list?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`) ?? undefined;
  if (find() === undefined) {
    showAll();
    const position = nodes.findIndex((node) => node.id === id);
    if (position >= 0) setMost(Math.max(FIRST, position + 1));
  }
  const node = find();
  if (node === undefined) return;
  node.tabIndex = -1;
  node.scrollIntoView({ block: 'center' });
  node.focus();
}
