import { Key } from '@solid-primitives/keyed';
import { A, useNavigate } from '@solidjs/router';
import { createMemo, createSignal, For, Show, Suspense, type JSX } from 'solid-js';

import { useAddressParameter } from '../../address/address-parameter.ts';
import { folderHref } from '../../address/hrefs.ts';
import { useImageAddress } from '../../address/image-address.ts';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Menu, type MenuItem } from '../../design/menu.tsx';
import { Progress } from '../../design/progress.tsx';
import { EmptyState, ErrorState } from '../../design/state.tsx';
import { showToast } from '../../design/toast.tsx';
import { t } from '../../i18n/translate.ts';
import { useClient } from '../../library/connection/client.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { useOpenFolder } from '../../library/files/file-operations.ts';
import {
  useFolderCovers,
  useLibrary,
  useSubfolders,
  type LibraryFolder,
} from '../../library/folders/folders.ts';
import { usePendingList } from '../../library/lists/pending-list.ts';
import { nameOf } from '../../library/files/path-parts.ts';
import { createSearchList } from '../../library/lists/search-list.ts';
import { provideActiveList } from '../../library/lists/active-list.ts';
import { thumbnailZoom } from '../../preferences/thumbnail-zoom.ts';
import { ImageGrid, type GridControl } from '../../components/grid/image-grid.tsx';
import { crumbsOf } from './crumbs.ts';
import { FolderCard } from './folder-card.tsx';
import { FolderTree } from '../../components/folders/folder-tree.tsx';
import styles from './folders-view.module.css';
import { IndexProgress } from './index-progress.tsx';
import type { LibraryDialogKind } from './library-dialogs.tsx';
import { lazyComponent } from '../../library/connection/lazy-component.ts';

const LibraryDialogs = lazyComponent(async () => (await import('./library-dialogs.tsx')).LibraryDialogs);

/** The folders of the library, and what is in the chosen one. */
export function FoldersView(): JSX.Element {
  const [path] = useAddressParameter('path');
  const library = useLibrary();
  const navigate = useNavigate();
  const openFolder = useOpenFolder();
  const [dialog, setDialog] = createSignal<LibraryDialogKind>();
  const root = () => library.rootOf(path());
  const crumbs = createMemo(() => crumbsOf(path(), root()));
  const menu = (folder: LibraryFolder): readonly MenuItem[] => [
    {
      label: t('folders.open'),
      icon: 'external',
      onChoose: () =>
        openFolder.mutate(folder.path, {
          onError: (error) => showToast({ look: 'danger', text: describeError(error) }),
        }),
    },
    {
      label: t('folders.rename'),
      icon: 'edit',
      isDisabled: folder.isFixed,
      onChoose: () => setDialog('rename'),
    },
    {
      label: t('folders.remove'),
      icon: 'minus',
      isDangerous: true,
      isDisabled: folder.isFixed,
      ...(folder.isFixed ? { hint: t('folders.fixed') } : {}),
      onChoose: () => setDialog('remove'),
    },
  ];
  return (
    <section class={styles['view']} aria-label={t('view.folders')}>
      <aside class={styles['side']} aria-label={t('folders.roots')}>
        <FolderTree
          label={t('folders.roots')}
          roots={library.folders()}
          selected={path()}
          onSelect={(chosen) => navigate(`/folders?path=${encodeURIComponent(chosen)}`)}
        />
      </aside>
      <div class={styles['content']}>
        <header class={styles['toolbar']}>
          <nav aria-label={t('folders.path')}>
            <ol class={styles['crumbs']}>
              <For each={crumbs()}>
                {(crumb, position) => (
                  <li>
                    <Show when={position() > 0}>
                      <Icon name="chevron-right" size={14} />
                    </Show>
                    <a
                      href={crumb.path === '' ? folderHref('').split('?')[0] : folderHref(crumb.path)}
                      aria-current={crumb.path === path() ? 'page' : undefined}
                    >
                      {crumb.name}
                    </a>
                  </li>
                )}
              </For>
            </ol>
          </nav>
          <div class={styles['actions']}>
            <IndexProgress />
            <Button icon="plus" onClick={() => setDialog('add')}>
              {t('folders.add')}
            </Button>
            <Show when={library.folderNamed(path())}>
              {(folder) => (
                <Menu label={t('folders.actions')} icon="more" isIconOnly items={menu(folder())} />
              )}
            </Show>
          </div>
        </header>
        <Show when={library.setting.isPending}>
          <Progress label={t('common.loading')} />
        </Show>
        <Show when={library.setting.isError && library.setting.error}>
          {(error) => (
            <ErrorState message={describeError(error())} onRetry={() => void library.setting.refetch()} />
          )}
        </Show>
        <Show when={library.setting.isSuccess}>
          <Show
            when={path() !== ''}
            fallback={<Roots folders={library.folders()} onAdd={() => setDialog('add')} />}
          >
            <Show
              when={root()?.isUnavailable !== true}
              fallback={
                <EmptyState
                  icon="warning"
                  title={t('folders.unavailable')}
                  hint={t('folders.unavailableHint')}
                />
              }
            >
              <Folder path={path()} />
            </Show>
          </Show>
        </Show>
      </div>
      <Show when={dialog()}>
        {(kind) => (
          <Suspense>
            <LibraryDialogs
              kind={kind()}
              folder={library.folderNamed(path())}
              onClose={() => setDialog(undefined)}
              onRemoved={() => navigate('/folders')}
              onAdded={(added) => navigate(`/folders?path=${encodeURIComponent(added)}`)}
            />
          </Suspense>
        )}
      </Show>
    </section>
  );
}

function Roots(props: { folders: readonly LibraryFolder[]; onAdd: () => void }): JSX.Element {
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

/** The folders in a folder, above the images in it and below it. */
function Folder(props: { path: string }): JSX.Element {
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
