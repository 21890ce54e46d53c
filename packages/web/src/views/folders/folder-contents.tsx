import { Key } from '@solid-primitives/keyed';
import { A } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';

import { useImageAddress } from '../../address/image-address.ts';
import { ImageGrid, type GridControl } from '../../components/grid/image-grid.tsx';
import { Button } from '../../design/button.tsx';
import { Progress } from '../../design/progress.tsx';
import { EmptyState, ErrorState } from '../../design/state.tsx';
import { t } from '../../i18n/translate.ts';
import { useClient } from '../../library/connection/client.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { nameOf } from '../../library/files/path-parts.ts';
import { useFolderCovers, useSubfolders } from '../../library/folders/folders.ts';
import { provideActiveList } from '../../library/lists/active-list.ts';
import { usePendingList } from '../../library/lists/pending-list.ts';
import { createSearchList } from '../../library/lists/search-list.ts';
import { thumbnailZoom } from '../../preferences/thumbnail-zoom.ts';
import { FolderCard } from './folder-card.tsx';
import styles from './folders-view.module.css';

/** The subfolders of a folder, above the images at any depth. */
export function FolderContents(props: { path: string }): JSX.Element {
  const folders = useSubfolders(() => props.path);
  const inside = () => (folders.isSuccess ? folders.data : []);
  const covers = useFolderCovers(() => inside().map(({ fullpath }) => fullpath));
  const client = useClient();
  const search = usePendingList(
    () => props.path,
    (path) => createSearchList(client, { query: '', folderPaths: [path], sort: 'newest' }),
  );
  const image = useImageAddress();
  let control: GridControl | undefined;
  provideActiveList({ list: search.list, reveal: (index) => control?.focus(index) });
  return (
    <>
      <Show when={folders.isError && folders.error}>
        {(error) => (
          <p class={styles['problem']} role="alert">
            {describeError(error())}{' '}
            <Button onClick={() => void folders.refetch()}>{t('common.retry')}</Button>
          </p>
        )}
      </Show>
      <Show when={inside().length > 0}>
        <ul
          class={styles['folders']}
          tabindex="0"
          aria-label={t('folders.inside', { name: nameOf(props.path) })}
        >
          <Key each={inside()} by="fullpath">
            {(folder) => (
              <li>
                <FolderCard
                  path={folder().fullpath}
                  name={folder().name}
                  detail=""
                  isUnavailable={false}
                  covers={covers.isSuccess ? (covers.data[folder().fullpath] ?? []) : []}
                />
              </li>
            )}
          </Key>
        </ul>
      </Show>
      <div class={styles['grid']}>
        <Show when={search.list()?.pages() === undefined && search.error() === undefined}>
          <Progress label={t('common.loading')} />
        </Show>
        <Show when={search.list()?.pages() === undefined && search.error()}>
          {(error) => <ErrorState message={describeError(error())} onRetry={() => search.retry()} />}
        </Show>
        <Show when={search.list()?.pages() !== undefined && search.list()}>
          {(list) => (
            <Show
              when={list().count() > 0}
              fallback={
                <EmptyState icon="images" title={t('folders.noImages')} hint={t('folders.noImagesHint')}>
                  <A href="/">{t('app.toImages')}</A>
                </EmptyState>
              }
            >
              <ImageGrid
                list={list()}
                zoom={thumbnailZoom()}
                onReady={(ready) => (control = ready)}
                onOpen={(_, file) => image.show(file.fullpath)}
              />
            </Show>
          )}
        </Show>
      </div>
    </>
  );
}
