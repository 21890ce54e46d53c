import { createMemo, createSignal, For, Show, untrack, type JSX } from 'solid-js';

import { t } from '../../i18n/translate.ts';
import { isVideo, type ThumbnailSize } from '../../library/files/media-url.ts';
import type { ImageFile, ImageList } from '../../library/lists/image-list.ts';
import { selection } from '../../library/lists/selection.ts';
import { cellIndexOf } from './cell-index.ts';
import { DayHeader, PinnedDayHeader } from './day-header.tsx';
import { GridRow } from './grid-row.tsx';
import styles from './image-grid.module.css';
import { keepFocus } from './keep-focus.ts';
import { toggle } from './selecting.ts';
import { useGridInput } from './use-grid-input.ts';
import { useGridScroll } from './use-grid-scroll.ts';
import { useGridSelection } from './use-grid-selection.ts';
import { useHover } from './use-hover.ts';
import { useLasso } from './use-lasso.ts';
import { useLongPress } from './use-long-press.ts';

export interface ImageGridProps {
  readonly list: ImageList;
  /** The preferred width of an image, in CSS pixels. */
  readonly zoom: number;
  readonly onOpen: (index: number, file: ImageFile) => void;
  readonly onReady?: (control: GridControl) => void;
}

export interface GridControl {
  /** Scrolls an image into view and focuses it. */
  readonly focus: (index: number) => void;
  /** Scrolls an image to the top. */
  readonly jumpTo: (index: number) => void;
}

/** Any number of images, grouped by day where the list has days, to look at, select and open. */
export function ImageGrid(props: ImageGridProps): JSX.Element {
  let scroller: HTMLDivElement | undefined;
  let content: HTMLDivElement | undefined;
  const list = () => props.list;
  const { focused, setFocused, select } = useGridSelection(list);
  const [playing, setPlaying] = createSignal<number>();
  const grid = useGridScroll({
    list,
    zoom: () => props.zoom,
    scroller: () => scroller,
    content: () => content,
    focused,
  });
  const size = createMemo((): ThumbnailSize => (grid.cellHeight() * devicePixelRatio > 300 ? 512 : 256));

  const cellOf = (index: number) => content?.querySelector<HTMLElement>(`[data-index="${index}"]`);
  keepFocus({ within: () => content, items: grid.items, cell: () => cellOf(focused()) });
  const focus = (index: number) => {
    setFocused(index);
    grid.show(index);
    // Its row exists by then.
    queueMicrotask(() => cellOf(index)?.focus({ preventScroll: true }));
  };
  const open = (index: number) => {
    const file = list().fileAt(index);
    if (file !== undefined) props.onOpen(index, file);
  };
  const input = useGridInput({ list, grid, focused, setFocused, select, focus, open });

  const lasso = useLasso({
    grid,
    scroller: () => scroller,
    selected: selection.indices,
    onSelect: (indices) => select(() => ({ indices, anchor: undefined })),
  });
  const longPress = useLongPress((index) => select((before) => toggle(before, index)));
  const hover = useHover((index) => {
    const file = index === undefined ? undefined : untrack(() => list().fileAt(index));
    setPlaying(file !== undefined && isVideo(file.fullpath) ? index : undefined);
  });

  props.onReady?.({
    focus,
    jumpTo: (index) => {
      setFocused(index);
      const header = grid.layout().sectionOf(index)?.date === null ? 0 : grid.headerHeight;
      grid.scrollTo(grid.layout().topOf(index) - header);
    },
  });
  const pinned = createMemo(() => {
    const section = grid.layout().sectionAt(grid.y());
    return section !== undefined && section.date !== null && grid.y() > section.top ? section : undefined;
  });
  return (
    <div class={styles['frame']}>
      <div
        ref={scroller}
        class={styles['scroller']}
        data-testid="grid-scroller"
        onPointerDown={(event) => {
          lasso.start(event);
          longPress.start(event);
        }}
        onPointerOver={hover.over}
        onPointerLeave={hover.leave}
      >
        <div
          ref={content}
          class={styles['content']}
          role="grid"
          aria-label={t('grid.label')}
          aria-rowcount={grid.layout().rowCount}
          aria-colcount={grid.layout().measures.columns}
          aria-multiselectable="true"
          onKeyDown={input.onKeyDown}
          onFocusIn={(event) => {
            const index = cellIndexOf(event.target);
            if (index !== undefined) setFocused(index);
          }}
          onClick={(event) => {
            const index = cellIndexOf(event.target);
            if (index !== undefined && !lasso.justEnded() && !longPress.justEnded())
              input.click(index, event);
          }}
          onContextMenu={(event) => {
            if (longPress.justEnded()) event.preventDefault();
          }}
        >
          <For each={grid.items()}>
            {(item) =>
              item.kind === 'header' ? (
                <DayHeader section={item.section} top={item.top - grid.offset()} height={grid.headerHeight} />
              ) : (
                <GridRow
                  item={item}
                  list={list()}
                  grid={grid}
                  size={size()}
                  focused={focused()}
                  playing={playing()}
                />
              )
            }
          </For>
          <Show when={lasso.box()}>
            {(box) => (
              <div
                class={styles['lasso']}
                style={{
                  top: `${box().top - grid.offset()}px`,
                  left: `${box().left}px`,
                  width: `${box().width}px`,
                  height: `${box().height}px`,
                }}
              />
            )}
          </Show>
        </div>
      </div>
      <Show when={pinned()}>{(section) => <PinnedDayHeader section={section()} />}</Show>
    </div>
  );
}
