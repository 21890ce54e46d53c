import { createEffect, createMemo, For, onCleanup, Show, type JSX } from 'solid-js';

import { useAddressParameter } from '../../address/address-parameter.ts';
import { Button } from '../../design/button.tsx';
import { Progress } from '../../design/progress.tsx';
import { EmptyState, ErrorState } from '../../design/state.tsx';
import { t } from '../../i18n/translate.ts';
import { useImagePages } from '../../library/search.ts';
import { Thumbnail } from './thumbnail.tsx';
import styles from './images-view.module.css';

export function ImagesView(): JSX.Element {
  const [query] = useAddressParameter('q');
  const pages = useImagePages(query);
  const files = createMemo(() => (pages.isSuccess ? pages.data.pages.flatMap((page) => page.files) : []));
  let end: HTMLDivElement | undefined;
  createEffect(() => {
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true && pages.hasNextPage && !pages.isFetching)
        void pages.fetchNextPage();
    });
    if (end !== undefined) observer.observe(end);
    onCleanup(() => observer.disconnect());
  });
  return (
    <section class={styles['view']} aria-label={t('grid.label')}>
      <Show when={pages.isPending}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={pages.isError && pages.error}>
        {(error) => <ErrorState error={error()} onRetry={() => void pages.refetch()} />}
      </Show>
      <Show when={pages.isSuccess && files().length === 0}>
        <EmptyState
          icon={query() === '' ? 'images' : 'search'}
          title={query() === '' ? t('grid.empty') : t('grid.nothingFound')}
          hint={query() === '' ? t('grid.emptyHint') : t('grid.nothingFoundHint', { query: query() })}
        />
      </Show>
      <ul class={styles['grid']}>
        <For each={files()}>
          {(file) => (
            <li>
              <Thumbnail file={file} />
            </li>
          )}
        </For>
      </ul>
      <div ref={end} class={styles['end']}>
        <Show when={pages.hasNextPage}>
          <Button onClick={() => void pages.fetchNextPage()}>{t('common.loading')}</Button>
        </Show>
      </div>
    </section>
  );
}
