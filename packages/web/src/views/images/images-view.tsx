import { createMemo, createSignal, Show, type JSX } from 'solid-js';

import { useAddressParameter } from '../../address/address-parameter.ts';
import { Progress } from '../../design/progress.tsx';
import { EmptyState, ErrorState } from '../../design/state.tsx';
import { t } from '../../i18n/translate.ts';
import { sortOrders, type SearchParameters, type SortOrder } from '../../library/block-store.ts';
import { useSearchList } from '../../library/search-list.ts';
import { thumbnailZoom } from '../../preferences/thumbnail-zoom.ts';
import { ImageGrid, type GridControl } from './grid/image-grid.tsx';
import styles from './images-view.module.css';

export function ImagesView(): JSX.Element {
  const [query] = useAddressParameter('q');
  const [sort] = useAddressParameter('sort', 'newest');
  const parameters = createMemo(
    (): SearchParameters => ({ query: query(), folderPaths: [], sort: sortOrder(sort()) }),
    undefined,
    {
      equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    },
  );
  const search = useSearchList(parameters);
  const [, setControl] = createSignal<GridControl>();
  return (
    <section class={styles['view']} aria-label={t('view.images')}>
      <Show when={search.list()?.blocks() === undefined && search.error() === undefined}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={search.list()?.blocks() === undefined && search.error()}>
        {(error) => <ErrorState error={error()} onRetry={search.retry} />}
      </Show>
      <Show when={search.list()?.blocks() !== undefined && search.list()}>
        {(list) => (
          <Show
            when={list().count() > 0}
            fallback={
              <EmptyState
                icon={query() === '' ? 'images' : 'search'}
                title={query() === '' ? t('grid.empty') : t('grid.nothingFound')}
                hint={query() === '' ? t('grid.emptyHint') : t('grid.nothingFoundHint', { query: query() })}
              />
            }
          >
            <ImageGrid list={list()} zoom={thumbnailZoom()} onReady={setControl} onOpen={() => {}} />
          </Show>
        )}
      </Show>
    </section>
  );
}

function sortOrder(text: string): SortOrder {
  return sortOrders.find((order) => order === text) ?? 'newest';
}
