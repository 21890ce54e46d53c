import { createMemo, Show, type JSX } from 'solid-js';

import { IconButton } from '../../design/button.tsx';
import { Chip } from '../../design/chip.tsx';
import { Icon } from '../../design/icon.tsx';
import { Menu } from '../../design/menu.tsx';
import { month, number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { querySorts } from '@iib-kit/contract/vocabulary';
import type { ImageList } from '../../library/lists/image-list.ts';
import { MAX_ZOOM, MIN_ZOOM, setThumbnailZoom, thumbnailZoom } from '../../preferences/thumbnail-zoom.ts';
import { FilterChips } from '../../search/filter-chips.tsx';
import { FilterMenu } from '../../search/filter-menu.tsx';
import { SavedSearches } from '../../search/saved-searches.tsx';
import type { SearchState } from '../../search/search-state.ts';
import styles from './images-toolbar.module.css';
import { monthsOf } from './months-of.ts';

export interface ImagesToolbarProps {
  readonly state: SearchState;
  readonly list: ImageList | undefined;
  /** Scrolls to an image. */
  readonly onJump: (index: number) => void;
}

/** Filters, sort order and thumbnail size, above the grid. */
export function ImagesToolbar(props: ImagesToolbarProps): JSX.Element {
  const isQuery = () => props.state.mode() === 'query';
  const months = createMemo(() => monthsOf(props.list?.pages() ?? []));
  const likeName = () => props.state.query().split(/[\\/]/).at(-1) ?? '';
  return (
    <div class={styles['bar']} role="toolbar" aria-label={t('grid.toolbar')}>
      <div class={styles['filters']}>
        <Show when={isQuery()}>
          <FilterMenu query={props.state.query()} onChange={(query) => props.state.set({ query })} />
          <FilterChips query={props.state.query()} onChange={(query) => props.state.set({ query })} />
        </Show>
        <Show when={props.state.mode() === 'similar' || props.state.mode() === 'duplicates'}>
          <Chip
            icon="images"
            look="accent"
            label={t(props.state.mode() === 'similar' ? 'search.like' : 'search.duplicatesOf', {
              name: likeName(),
            })}
            onRemove={() => props.state.set({ mode: 'query', query: '' })}
          />
        </Show>
        <span class={styles['count']} role="status">
          {props.list?.pages() === undefined ? '' : t('grid.matches', { count: props.list.count() })}
        </span>
      </div>
      <div class={styles['tools']}>
        <Show when={isQuery()}>
          <IconButton
            icon="dice"
            label={t('grid.shuffle')}
            aria-pressed={props.state.sort() === 'random'}
            onClick={() => props.state.set({ sort: 'random', shuffle: String(Date.now() % 1_000_000) })}
          />
          <SavedSearches state={props.state} />
          <Show when={months().length > 1}>
            <Menu
              label={t('grid.jump')}
              icon="calendar"
              isIconOnly
              items={months().map(({ month: name, count, start }) => ({
                label: month(name),
                hint: number(count),
                onChoose: () => props.onJump(start),
              }))}
            />
          </Show>
          <Menu
            label={t('grid.sort')}
            icon="sort"
            isIconOnly
            isChoice
            items={querySorts.map((order) => ({
              label: t(`grid.sort.${order}`),
              isChosen: props.state.sort() === order,
              onChoose: () => props.state.set({ sort: order, shuffle: '' }),
            }))}
          />
        </Show>
        <label class={styles['zoom']}>
          <Icon name="grid" size={16} />
          <span class="visually-hidden">{t('grid.size')}</span>
          <input
            type="range"
            min={MIN_ZOOM}
            max={MAX_ZOOM}
            step="4"
            value={thumbnailZoom()}
            onInput={(event) => setThumbnailZoom(event.currentTarget.valueAsNumber)}
          />
        </label>
      </div>
    </div>
  );
}
