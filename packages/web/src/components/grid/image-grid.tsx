import {
  createEffect,
  createMemo,
  createSignal,
  For,
  on,
  onCleanup,
  Show,
  untrack,
  type Accessor,
  type JSX,
} from 'solid-js';

import { day } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import type { ImageFile, ImageList } from '../../library/lists/image-list.ts';
import { IndexRanges } from '../../library/lists/index-ranges.ts';
import { isVideo, type ThumbnailSize } from '../../library/files/media-url.ts';
import { selection, selectIn } from '../../library/lists/selection.ts';
import { GridKeys } from './grid-keys.ts';
import styles from './image-grid.module.css';
import { ImageCell } from './image-cell.tsx';
import type { ListItem, Section } from './list-layout.ts';
import { useLasso } from './use-lasso.ts';
import { extendTo, nothingSelected, selectAll, toggle, type Selecting } from './selecting.ts';
import { useGridScroll } from './use-grid-scroll.ts';

/** How long one points at a video before it plays, in milliseconds. */
const HOVER_PAUSE = 300;

/** How long a finger rests on an image to select it, in milliseconds. */
const LONG_PRESS = 450;

export interface ImageGridProps {
  readonly list: ImageList;
  /** Wanted width of an image, in CSS pixels. */
  readonly zoom: number;
  readonly onOpen: (index: number, file: ImageFile) => void;
  /** Gets a function that shows a part of the list. */
  readonly onReady?: (control: GridControl) => void;
}

export interface GridControl {
  /** Scrolls as little as shows an image, and puts the focus on it. */
  readonly focus: (index: number) => void;
  /** Scrolls an image to the top, and puts the focus on it. */
  readonly jumpTo: (index: number) => void;
  /** Scrolls as little as shows an image, and makes it the one that the focus comes to. */
  readonly reveal: (index: number) => void;
}

type RowItem = Extract<ListItem, { kind: 'row' }>;

/** Any number of images as one list, by day where they have one, to look at, select and open. */
export function ImageGrid(props: ImageGridProps): JSX.Element {
  let scroller: HTMLDivElement | undefined;
  let content: HTMLDivElement | undefined;
  const list = () => props.list;
  const [place, setFocused] = createSignal(0);
  /** The image that is the stop of the tab key; the last one where the list became shorter. */
  const focused = createMemo(() => Math.max(0, Math.min(place(), list().count() - 1)));
  const [playing, setPlaying] = createSignal<number>();
  const grid = useGridScroll({
    list,
    zoom: () => props.zoom,
    scroller: () => scroller,
    content: () => content,
    focused,
  });
  const size = createMemo((): ThumbnailSize => (grid.cellHeight() * devicePixelRatio > 300 ? 512 : 256));

  let anchor: Selecting['anchor'];
  const selecting = (): Selecting => ({ indices: selection.indices(), anchor });
  const select = (next: Selecting) => {
    ({ anchor } = next);
    selection.set(next.indices);
  };
  createEffect(
    on(list, (present, before: ImageList | undefined) => {
      if (before !== undefined && before.key !== present.key) setFocused(0);
      onCleanup(selectIn(present));
      onCleanup(present.trackIndices(() => IndexRanges.of([[untrack(focused), untrack(focused) + 1]])));
      onCleanup(
        present.onChange(({ remap }) => {
          const index = remap(untrack(focused));
          if (index !== undefined) setFocused(index);
          anchor = undefined;
        }),
      );
      return present;
    }),
  );

  const cellOf = (index: number) => content?.querySelector<HTMLElement>(`[data-index="${index}"]`);
  keepFocus({ within: () => content, over: grid.items, cell: () => cellOf(focused()) });
  const focus = (index: number) => {
    setFocused(index);
    grid.show(index);
    // Its row is drawn by then.
    queueMicrotask(() => cellOf(index)?.focus({ preventScroll: true }));
  };
  const open = (index: number) => {
    const file = list().fileAt(index);
    if (file !== undefined) props.onOpen(index, file);
  };
  const keys = new GridKeys({
    layout: grid.layout,
    pageRows: () => Math.max(1, Math.floor(grid.windowHeight() / (grid.cellHeight() + grid.gap)) - 1),
    focused,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = keys.read(event);
    if (wanted === undefined) return;
    event.preventDefault();
    switch (wanted.kind) {
      case 'move':
        if (wanted.isExtending) select(extendTo(selecting(), wanted.index, focused()));
        focus(wanted.index);
        break;
      case 'toggle':
        select(toggle(selecting(), focused()));
        break;
      case 'open':
        open(focused());
        break;
      case 'all':
        select(selectAll(list().count()));
        break;
      case 'none':
        select(nothingSelected);
        break;
      default:
        wanted satisfies never;
    }
  };

  const click = (index: number, event: MouseEvent) => {
    const isOnCheck = event.target instanceof Element && event.target.closest('[data-check]') !== null;
    const from = focused();
    setFocused(index);
    if (event.shiftKey) select(extendTo(selecting(), index, from));
    else if (event.ctrlKey || event.metaKey || isOnCheck || !selection.isEmpty())
      select(toggle(selecting(), index));
    else open(index);
  };

  const lasso = useLasso({
    grid,
    scroller: () => scroller,
    selected: selection.indices,
    onSelect: (indices) => select({ indices, anchor: undefined }),
  });
  const longPress = useLongPress((index) => select(toggle(selecting(), index)));
  const hover = useHover((index) => {
    const file = index === undefined ? undefined : untrack(() => list().fileAt(index));
    setPlaying(file !== undefined && isVideo(file.fullpath) ? index : undefined);
  });

  props.onReady?.({
    focus,
    reveal: (index) => {
      setFocused(index);
      grid.show(index);
    },
    jumpTo: (index) => {
      setFocused(index);
      grid.scrollTo(
        grid.layout().topOf(index) - (grid.layout().sectionOf(index)?.date === null ? 0 : grid.headerHeight),
      );
    },
  });

  /** The day whose header has been scrolled out of sight. */
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
          onKeyDown={onKeyDown}
          onFocusIn={(event) => {
            const index = indexOf(event.target);
            if (index !== undefined) setFocused(index);
          }}
          onClick={(event) => {
            const index = indexOf(event.target);
            if (index !== undefined && !lasso.justEnded() && !longPress.justEnded()) click(index, event);
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
                <Row item={item} />
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
      <Show when={pinned()}>
        {(present) => (
          <div class={styles['pinned']} aria-hidden="true">
            <DayTitle section={present()} />
          </div>
        )}
      </Show>
    </div>
  );

  function Row(row: { item: RowItem }): JSX.Element {
    const { start, end, number, top } = row.item;
    const indices = Array.from({ length: end - start }, (_, at) => start + at);
    return (
      <div
        class={styles['row']}
        role="row"
        aria-rowindex={number + 1}
        style={{
          transform: `translateY(${top - grid.offset()}px)`,
          height: `${grid.cellHeight()}px`,
          'grid-template-columns': `repeat(${grid.layout().measures.columns}, 1fr)`,
          gap: `${grid.gap}px`,
        }}
      >
        <For each={indices}>
          {(index) => (
            <ImageCell
              index={index}
              file={list().fileAt(index)}
              size={size()}
              isWaiting={grid.isFast()}
              isSelected={selection.has(index)}
              isFocused={focused() === index}
              isPlaying={playing() === index}
            />
          )}
        </For>
      </div>
    );
  }
}

function DayHeader(props: { section: Section; top: number; height: number }): JSX.Element {
  return (
    <div
      role="row"
      class={styles['header']}
      style={{ transform: `translateY(${props.top}px)`, height: `${props.height}px` }}
    >
      <div role="rowheader" class={styles['title']}>
        <DayTitle section={props.section} />
      </div>
    </div>
  );
}

function DayTitle(props: { section: Section }): JSX.Element {
  return (
    <>
      <span class={styles['day']}>{props.section.date === null ? '' : day(props.section.date)}</span>
      <span class={styles['count']}>{t('grid.matches', { count: props.section.count })}</span>
    </>
  );
}

function indexOf(target: EventTarget | null): number | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return cell === null ? undefined : Number(cell.dataset['index']);
}

interface KeepFocusOptions {
  readonly within: () => HTMLElement | undefined;
  /** What is drawn: after each change of it the focus is looked after. */
  readonly over: Accessor<unknown>;
  readonly cell: () => HTMLElement | null | undefined;
}

/**
 * Gives the focus back to an element that lost it because it was drawn anew, or was taken out of the document and put
 * back, which is how the view library may bring what comes before it into order.
 */
function keepFocus({ within, over, cell }: KeepFocusOptions): void {
  const hasFocus = () => within()?.contains(document.activeElement) === true;
  // Somebody else may have taken it, as a dialog does that opens meanwhile.
  const isLost = () => document.activeElement === null || document.activeElement === document.body;
  // Memos run before the document is changed, effects after it.
  const hadFocus = createMemo(on(over, hasFocus));
  createEffect(
    on(over, () => {
      if (untrack(hadFocus) && isLost()) untrack(cell)?.focus({ preventScroll: true });
    }),
  );
}

/** Calls back with the image that is pointed at for a while, and with none when it is left. */
function useHover(callBack: (index: number | undefined) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let present: number | undefined;
  const leave = () => {
    clearTimeout(timer);
    present = undefined;
    callBack(undefined);
  };
  onCleanup(() => clearTimeout(timer));
  return {
    leave,
    over: (event: PointerEvent) => {
      const index = event.pointerType === 'mouse' ? indexOf(event.target) : undefined;
      if (index === present) return;
      leave();
      present = index;
      if (index !== undefined) timer = setTimeout(() => callBack(index), HOVER_PAUSE);
    },
  };
}

/** Calls back with the image on which a finger rests. The click that follows is none. */
function useLongPress(callBack: (index: number) => void) {
  let endedAt = Number.NEGATIVE_INFINITY;
  return {
    justEnded: () => performance.now() - endedAt < 700,
    start: (event: PointerEvent) => {
      const index = event.pointerType === 'mouse' ? undefined : indexOf(event.target);
      if (index === undefined) return;
      const ending = new AbortController();
      const timer = setTimeout(() => {
        endedAt = performance.now();
        callBack(index);
      }, LONG_PRESS);
      const end = () => {
        clearTimeout(timer);
        ending.abort();
        if (performance.now() - endedAt < LONG_PRESS) endedAt = performance.now();
      };
      for (const name of ['pointerup', 'pointercancel'])
        addEventListener(name, end, { signal: ending.signal });
    },
  };
}
