import { A } from '@solidjs/router';
import { For, Show, type JSX } from 'solid-js';

import { Icon } from '../../design/icon.tsx';
import { Progress } from '../../design/progress.tsx';
import { EmptyState, ErrorState } from '../../design/state.tsx';
import { t } from '../../i18n/translate.ts';
import { useLibraryFolders } from '../../library/library-folders.ts';
import styles from './folders-view.module.css';

/** The folders of the library. */
export function FoldersView(): JSX.Element {
  const setting = useLibraryFolders();
  const folders = () => (setting.isSuccess ? setting.data.extra_paths : []);
  return (
    <section class={styles['view']} aria-label={t('view.folders')}>
      <Show when={setting.isPending}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={setting.isError && setting.error}>
        {(error) => <ErrorState error={error()} onRetry={() => void setting.refetch()} />}
      </Show>
      <Show when={setting.isSuccess && folders().length === 0}>
        <EmptyState icon="folder" title={t('grid.empty')} hint={t('grid.emptyHint')} />
      </Show>
      <ul>
        <For each={folders()}>
          {({ path }) => (
            <li>
              <A
                class={styles['folder'] ?? ''}
                href={`/?q=${encodeURIComponent(`folder:${JSON.stringify(path)}`)}`}
              >
                <Icon name="folder" />
                {path}
              </A>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
