import { A } from '@solidjs/router';
import { createEffect, createMemo, Show, type JSX } from 'solid-js';

import { useImageAddress } from '../../address/image-address.ts';
import { Progress } from '../../design/progress.tsx';
import { EmptyState, ErrorState } from '../../design/state.tsx';
import { describeError } from '../../library/connection/describe-error.ts';
import { t } from '../../i18n/translate.ts';
import { createResultList } from '../../library/lists/result-list.ts';
import { useClient } from '../../library/connection/client.ts';
import { usePendingList } from '../../library/lists/pending-list.ts';
import { createSearchList } from '../../library/lists/search-list.ts';
import { provideActiveList } from '../../library/lists/active-list.ts';
import { thumbnailZoom } from '../../preferences/thumbnail-zoom.ts';
import { problemOf, setSearchProblem } from '../../search/search-problem.ts';
import { useSearchState } from '../../search/search-state.ts';
import { ImageGrid, type GridControl } from '../../components/grid/image-grid.tsx';
import { ImagesToolbar } from './images-toolbar.tsx';
import styles from './images-view.module.css';

/** The images that match the search in the address, or all images. */
export function ImagesView(): JSX.Element {
  const client = useClient();
  const state = useSearchState();
  const parameters = createMemo(
    () => ({ mode: state.mode(), query: state.query(), sort: state.sort(), shuffle: state.shuffle() }),
    undefined,
    { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  const search = usePendingList(parameters, ({ mode, query, sort, shuffle }) =>
    // Every mode shows all images for an empty query.
    mode === 'query' || query === ''
      ? createSearchList(client, { query, folderPaths: [], sort, shuffle })
      : createResultList(client, { mode, query }),
  );
  const problem = createMemo(() => problemOf(search.error(), state.query()));
  createEffect(() => setSearchProblem(problem()));

  let control: GridControl | undefined;
  const image = useImageAddress();
  provideActiveList({ list: search.list, reveal: (index) => control?.focus(index) });
  const isKnown = () => search.list()?.pages() !== undefined;
  return (
    <section class={styles['view']} aria-label={t('view.images')}>
      <ImagesToolbar state={state} list={search.list()} onJump={(index) => control?.jumpTo(index)} />
      <div class={styles['progress']}>
        <Show when={search.isPending() || (!isKnown() && search.error() === undefined)}>
          <Progress label={t('common.loading')} />
        </Show>
      </div>
      <Show when={!isKnown() && problem()}>
        {(found) => <EmptyState icon="search" title={t('search.notUnderstood')} hint={found().message} />}
      </Show>
      <Show when={problem() === undefined && search.error()}>
        {(error) => <ErrorState message={describeError(error())} onRetry={() => search.retry()} />}
      </Show>
      <Show when={isKnown() && (search.error() === undefined || problem() !== undefined) && search.list()}>
        {(list) => (
          <>
            <Show when={list().unavailable().length > 0}>
              <p class={styles['notice']}>
                {t('grid.unavailable', {
                  count: list().unavailable().length,
                  folders: list().unavailable().join(', '),
                })}
              </p>
            </Show>
            <Show when={list().count() > 0} fallback={<NoImages query={state.query()} />}>
              <ImageGrid
                list={list()}
                zoom={thumbnailZoom()}
                onReady={(ready) => (control = ready)}
                onOpen={(_, file) => image.show(file.fullpath)}
              />
            </Show>
          </>
        )}
      </Show>
    </section>
  );
}

function NoImages(props: { query: string }): JSX.Element {
  return (
    <Show
      when={props.query !== ''}
      fallback={
        <EmptyState icon="images" title={t('grid.empty')} hint={t('grid.emptyHint')}>
          <A href="/folders">{t('grid.addFolder')}</A>
        </EmptyState>
      }
    >
      <EmptyState
        icon="search"
        title={t('grid.nothingFound')}
        hint={t('grid.nothingFoundHint', { query: props.query })}
      >
        <A href="/">{t('grid.showAll')}</A>
      </EmptyState>
    </Show>
  );
}
