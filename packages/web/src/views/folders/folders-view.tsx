import { useNavigate } from '@solidjs/router';
import { createMemo, createSignal, For, Show, Suspense, type JSX } from 'solid-js';

import { useAddressParameter } from '../../address/address-parameter.ts';
import { folderHref } from '../../address/hrefs.ts';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Menu, type MenuItem } from '../../design/menu.tsx';
import { Progress } from '../../design/progress.tsx';
import { EmptyState, ErrorState } from '../../design/state.tsx';
import { showToast } from '../../design/toast.tsx';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { useOpenFolder } from '../../library/files/file-operations.ts';
import { useLibrary, type LibraryFolder } from '../../library/folders/folders.ts';
import { crumbsOf } from './crumbs.ts';
import { FolderTree } from '../../components/folders/folder-tree.tsx';
import { FolderContents } from './folder-contents.tsx';
import styles from './folders-view.module.css';
import { IndexProgress } from './index-progress.tsx';
import { LibraryRoots } from './library-roots.tsx';
import type { LibraryDialogKind } from './library-dialogs.tsx';
import { lazyComponent } from '../../library/connection/lazy-component.ts';

const LibraryDialogs = lazyComponent(async () => (await import('./library-dialogs.tsx')).LibraryDialogs);

/** The folder tree, beside the contents of the selected folder. */
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
            fallback={<LibraryRoots folders={library.folders()} onAdd={() => setDialog('add')} />}
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
              <FolderContents path={path()} />
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
