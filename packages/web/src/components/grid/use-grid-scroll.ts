import {
  batch,
  createEffect,
  createMemo,
  createSignal,
  on,
  onCleanup,
  onMount,
  untrack,
  type Accessor,
} from 'solid-js';

import type { ImageList } from '../../library/lists/image-list.ts';
import { IndexRanges } from '../../library/lists/index-ranges.ts';
import { createListLayout, type ListItem, type ListLayout } from './list-layout.ts';
import { ScrollScale } from './scroll-scale.ts';

/** Between images, in pixels. */
const GAP = 3;
const HEADER_HEIGHT = 44;

/** How much above and below the window is drawn, as a share of it. */
const OVERSCAN = 0.6;

/** Faster than this, in pixels a millisecond, nobody sees single images: they are not asked for. */
const FAST = 8;

/** When the list counts as still, in milliseconds after it moved. */
const STILL = 120;

/** Where lists were, for coming back to them. */
const remembered = new Map<string, number>();

export interface GridScroll {
  readonly layout: Accessor<ListLayout>;
  readonly cellHeight: Accessor<number>;
  readonly headerHeight: number;
  readonly gap: number;
  /** What is subtracted from the list's heights to get those in the element. */
  readonly offset: Accessor<number>;
  readonly y: Accessor<number>;
  readonly items: Accessor<readonly ListItem[]>;
  readonly isFast: Accessor<boolean>;
  readonly windowHeight: Accessor<number>;
  scrollTo(y: number): void;
  /** Scrolls as little as shows an image whole. */
  show(index: number): void;
}

export interface GridScrollOptions {
  readonly list: Accessor<ImageList>;
  readonly zoom: Accessor<number>;
  readonly scroller: () => HTMLElement | undefined;
  /** What is scrolled: as tall as the list, or as an element can be. */
  readonly content: () => HTMLElement | undefined;
  /** Drawn wherever the list is, so that it keeps the focus. */
  readonly focused: Accessor<number>;
}

/** Which part of a list is seen, and what is drawn of it. */
export function useGridScroll({ list, zoom, scroller, content, focused }: GridScrollOptions): GridScroll {
  const scale = new ScrollScale();
  const [size, setSize] = createSignal({ width: 0, height: 0 }, { equals: sameSize });
  const [y, setY] = createSignal(0);
  const [offset, setOffset] = createSignal(0);
  const [isFast, setFast] = createSignal(false);

  const columns = createMemo(() => Math.max(2, Math.round((size().width + GAP) / (zoom() + GAP))));
  const cellHeight = createMemo(() =>
    Math.max(1, Math.floor((size().width - GAP * (columns() - 1)) / columns())),
  );
  const layout = createMemo(() =>
    createListLayout(list().pages() ?? [], {
      columns: columns(),
      rowHeight: cellHeight() + GAP,
      headerHeight: HEADER_HEIGHT,
    }),
  );

  const publish = () => {
    batch(() => {
      setY(scale.y);
      setOffset(scale.offset);
    });
  };
  const scrollTo = (target: number) => {
    const scrollTop = scale.moveTo(target);
    publish();
    const [element, scrolled] = [scroller(), content()];
    if (element === undefined || scrolled === undefined) return;
    // At once, for an element scrolls no further than its content is tall.
    scrolled.style.height = `${scale.elementHeight}px`;
    element.scrollTop = scrollTop;
    // The browser rounds; what it made of it is where the list is from now on.
    scale.scrolled(element.scrollTop);
    publish();
  };
  const show = (index: number) => {
    const top = layout().topOf(index);
    const above = layout().sectionOf(index)?.date === null ? 0 : HEADER_HEIGHT;
    if (top - above < y()) scrollTo(top - above);
    else if (top + cellHeight() > y() + size().height) scrollTo(top + cellHeight() - size().height + GAP);
  };

  useAnchoring({ list, layout, size, scale, y, scrollTo });

  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastTime = 0;
  const onScroll = () => {
    const element = scroller();
    if (element === undefined) return;
    const before = scale.y;
    scale.scrolled(element.scrollTop);
    const now = performance.now();
    const speed = Math.abs(scale.y - before) / Math.max(1, now - lastTime);
    lastTime = now;
    batch(() => {
      setFast(speed > FAST);
      publish();
    });
    clearTimeout(timer);
    timer = setTimeout(() => {
      setFast(false);
      if (Math.abs(element.scrollTop - scale.properScrollTop) > 1) scrollTo(scale.y);
    }, STILL);
  };
  onMount(() => {
    const element = scroller();
    if (element === undefined) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    onCleanup(() => {
      observer.disconnect();
      clearTimeout(timer);
    });
  });
  createEffect(() => {
    if (y() > 0 || layout().count > 0) remembered.set(untrack(list).key, y());
  });

  let drawn = new Map<string, ListItem>();
  let drawnOf: ListLayout | undefined;
  const items = createMemo(() => {
    const margin = size().height * OVERSCAN;
    const visible = layout().itemsBetween(y() - margin, y() + size().height + margin);
    const top = layout().topOf(focused());
    const pinned = layout()
      .itemsBetween(top, top + 1)
      .filter(({ kind }) => kind === 'row');
    const before = drawnOf === layout() ? drawn : new Map<string, ListItem>();
    const next = new Map<string, ListItem>();
    // The same objects, so that what is drawn already stays.
    for (const item of [...visible, ...pinned]) {
      const key = item.kind === 'row' ? `row ${item.start}` : `header ${item.section.start}`;
      next.set(key, before.get(key) ?? item);
    }
    drawn = next;
    drawnOf = layout();
    // In the order of the list, for who hears the page read out.
    return [...next.values()].sort((a, b) => a.top - b.top);
  });

  createEffect(() => {
    if (isFast()) return;
    const margin = size().height;
    const rows = layout()
      .itemsBetween(y() - margin, y() + size().height + margin)
      .filter((item) => item.kind === 'row');
    const [first] = rows;
    const last = rows.at(-1);
    if (first !== undefined && last !== undefined) list().request(first.start, last.end);
  });

  return {
    layout,
    cellHeight,
    headerHeight: HEADER_HEIGHT,
    gap: GAP,
    offset,
    y,
    items,
    isFast,
    windowHeight: () => size().height,
    scrollTo,
    show,
  };
}

interface AnchoringOptions {
  readonly list: Accessor<ImageList>;
  readonly layout: Accessor<ListLayout>;
  readonly size: Accessor<{ readonly width: number; readonly height: number }>;
  readonly scale: ScrollScale;
  readonly y: Accessor<number>;
  readonly scrollTo: (y: number) => void;
}

/** Keeps what is looked at where it is when images come or go, and when the window or the zoom changes. */
function useAnchoring({ list, layout, size, scale, y, scrollTo }: AnchoringOptions): void {
  /** An image in the middle of the window, and how far its row is from the top of it. */
  let anchor: { readonly index: number; readonly distance: number } | undefined;
  createEffect(() => {
    const present = untrack(layout);
    if (present.count === 0) return;
    // At the very top one sees what comes.
    const index = present.indexAt(y() + untrack(size).height / 2, 0);
    anchor = y() < 1 ? undefined : { index, distance: present.topOf(index) - y() };
  });
  const anchored = () =>
    anchor === undefined ? IndexRanges.none : IndexRanges.of([[anchor.index, anchor.index + 1]]);

  let toRestore = remembered.get(untrack(list).key);
  let key: string | undefined;
  createEffect(
    on(list, (present) => {
      if (key !== undefined && key !== present.key) {
        anchor = undefined;
        toRestore = 0;
      }
      key = present.key;
      const ends = [
        present.trackIndices(anchored),
        present.onChange(({ remap }) => {
          if (anchor === undefined) return;
          const index = remap(anchor.index);
          if (index !== undefined) anchor = { ...anchor, index };
        }),
      ];
      onCleanup(() => ends.forEach((end) => end()));
    }),
  );
  createEffect(
    on([layout, size], ([present, { height }]) => {
      scale.resize({ list: present.height, window: height });
      if (toRestore !== undefined && present.count > 0 && height > 0) {
        scrollTo(toRestore);
        toRestore = undefined;
      } else {
        scrollTo(anchor === undefined ? scale.y : present.topOf(anchor.index) - anchor.distance);
      }
    }),
  );
}

function sameSize(a: { width: number; height: number }, b: { width: number; height: number }): boolean {
  return a.width === b.width && a.height === b.height;
}
