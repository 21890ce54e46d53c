import { Key } from '@solid-primitives/keyed';
import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { Icon } from '../../design/icon.tsx';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { useSubfolders } from '../../library/folders/folders.ts';
import { isWithin } from '../../library/files/path-parts.ts';
import styles from './folder-tree.module.css';

export interface TreeRoot {
  readonly path: string;
  readonly name: string;
  readonly isUnavailable: boolean;
}

export interface FolderTreeProps {
  readonly label: string;
  readonly roots: readonly TreeRoot[];
  /** Path of the selected folder, whose ancestors are expanded. */
  readonly selected: string;
  readonly onSelect: (path: string) => void;
}

/** A tree of folders, fetched as they are expanded. Keys work as in the ARIA pattern for trees. */
export function FolderTree(props: FolderTreeProps): JSX.Element {
  let tree: HTMLUListElement | undefined;
  const items = () => [...(tree?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])];
  const onKeyDown = (event: KeyboardEvent) => {
    const item = (event.target as HTMLElement).closest<HTMLElement>('[role=treeitem]');
    if (item === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = items();
    const target = treeTarget(event.key, item, all);
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (target === 'toggle') item.querySelector<HTMLElement>('[data-toggle]')?.click();
    else target.focus();
  };
  return (
    <ul ref={tree} class={styles['tree']} role="tree" aria-label={props.label} onKeyDown={onKeyDown}>
      <Key each={props.roots} by="path">
        {(root, position) => (
          <Branch
            path={root().path}
            name={root().name}
            level={1}
            isUnavailable={root().isUnavailable}
            isFirst={position() === 0}
            selected={props.selected}
            roots={props.roots}
            onSelect={props.onSelect}
          />
        )}
      </Key>
    </ul>
  );
}

interface BranchProps extends TreeRoot {
  readonly level: number;
  readonly isFirst: boolean;
  readonly selected: string;
  readonly roots: readonly TreeRoot[];
  readonly onSelect: (path: string) => void;
}

function Branch(props: BranchProps): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  const folders = useSubfolders(
    () => props.path,
    () => isOpen() && !props.isUnavailable,
  );
  const isSelected = () => props.selected === props.path;
  // Expands the ancestors of the selected folder, which the user may collapse again.
  createEffect(
    on(
      () => props.selected,
      (selected) => {
        if (selected !== props.path && isWithin(selected, props.path)) setOpen(true);
      },
    ),
  );
  const canTab = () =>
    isSelected() || (props.isFirst && !props.roots.some(({ path }) => isWithin(props.selected, path)));
  const children = () => (folders.isSuccess ? folders.data : []);
  const isEmpty = () => folders.isSuccess && children().length === 0;
  return (
    <li
      class={styles['item']}
      role="treeitem"
      aria-level={props.level}
      aria-expanded={props.isUnavailable || isEmpty() ? undefined : isOpen()}
      aria-selected={isSelected()}
      aria-label={props.isUnavailable ? t('folders.unavailableNamed', { name: props.name }) : props.name}
      tabindex={canTab() ? 0 : -1}
      data-level={props.level}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
        event.preventDefault();
        event.stopPropagation();
        props.onSelect(props.path);
      }}
    >
      <div class={styles['row']} data-selected={isSelected()} style={{ '--level': String(props.level - 1) }}>
        <span
          class={styles['toggle']}
          data-toggle
          data-open={isOpen()}
          data-hidden={props.isUnavailable || isEmpty()}
          aria-hidden="true"
          onClick={() => setOpen(!isOpen())}
        >
          <Icon name="chevron-right" size={16} />
        </span>
        <span
          class={styles['name']}
          onClick={(event) => {
            event.currentTarget.closest<HTMLElement>('[role=treeitem]')?.focus();
            props.onSelect(props.path);
          }}
        >
          <Icon name={props.isUnavailable ? 'warning' : 'folder'} size={18} />
          <span class={styles['text']}>{props.name}</span>
        </span>
      </div>
      <Show when={isOpen() && folders.isError}>
        <p class={styles['problem']}>{describeError(folders.error)}</p>
      </Show>
      <Show when={isOpen() && children().length > 0}>
        <ul role="group">
          <Key each={children()} by="fullpath">
            {(folder) => (
              <Branch
                path={folder().fullpath}
                name={folder().name}
                level={props.level + 1}
                isUnavailable={false}
                isFirst={false}
                selected={props.selected}
                roots={props.roots}
                onSelect={props.onSelect}
              />
            )}
          </Key>
        </ul>
      </Show>
    </li>
  );
}

/** The item that a key moves the focus to; `toggle` expands or collapses the item itself. */
function treeTarget(
  key: string,
  item: HTMLElement,
  items: readonly HTMLElement[],
): HTMLElement | 'toggle' | undefined {
  const at = items.indexOf(item);
  const expanded = item.getAttribute('aria-expanded');
  switch (key) {
    case 'ArrowDown':
      return items[at + 1] ?? item;
    case 'ArrowUp':
      return items[at - 1] ?? item;
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    case 'ArrowRight':
      if (expanded === 'false') return 'toggle';
      return expanded === 'true' ? (item.querySelector<HTMLElement>('[role=treeitem]') ?? item) : item;
    case 'ArrowLeft':
      if (expanded === 'true') return 'toggle';
      return item.parentElement?.closest<HTMLElement>('[role=treeitem]') ?? item;
    default:
      return key.length === 1 && key !== ' ' ? itemNamed(key, at, items) : undefined;
  }
}

function itemNamed(letter: string, at: number, items: readonly HTMLElement[]): HTMLElement | undefined {
  const rotated = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return rotated.find((item) =>
    item.getAttribute('aria-label')?.toLowerCase().startsWith(letter.toLowerCase()),
  );
}
