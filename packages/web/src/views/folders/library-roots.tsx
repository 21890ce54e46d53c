import { Key } from '@solid-primitives/keyed';
import { Show, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/state.tsx';
import { t } from '../../i18n/translate.ts';
import { useFolderCovers, type LibraryFolder } from '../../library/folders/folders.ts';
import { FolderCard } from './folder-card.tsx';
import styles from './folders-view.module.css';

/** The folders that make up the library. */
export function LibraryRoots(props: { folders: readonly LibraryFolder[]; onAdd: () => void }): JSX.Element {
  const covers = useFolderCovers(() =>
    props.folders.filter(({ isUnavailable }) => !isUnavailable).map(({ path }) => path),
  );
  return (
    <Show
      when={props.folders.length > 0}
      fallback={
        <EmptyState icon="folder" title={t('folders.empty')} hint={t('folders.emptyHint')}>
          <Button look="primary" icon="plus" onClick={() => props.onAdd()}>
            {t('folders.add')}
          </Button>
        </EmptyState>
      }
    >
      <ul class={styles['roots']} aria-label={t('folders.roots')}>
        <Key each={props.folders} by="path">
          {(folder) => (
            <li>
              <FolderCard
                path={folder().path}
                name={folder().name}
                detail={folder().name === folder().path ? '' : folder().path}
                isUnavailable={folder().isUnavailable}
                covers={covers.isSuccess ? (covers.data[folder().path] ?? []) : []}
              />
            </li>
          )}
        </Key>
      </ul>
    </Show>
  );
}
