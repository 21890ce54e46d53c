import { For, type JSX } from 'solid-js';

import type { ThumbnailSize } from '../../library/files/media-url.ts';
import type { ImageList } from '../../library/lists/image-list.ts';
import { selection } from '../../library/lists/selection.ts';
import styles from './grid-row.module.css';
import { ImageCell } from './image-cell.tsx';
import type { ListItem } from './list-layout.ts';
import type { GridScroll } from './use-grid-scroll.ts';

export interface GridRowProps {
  readonly item: Extract<ListItem, { kind: 'row' }>;
  readonly list: ImageList;
  readonly grid: GridScroll;
  readonly size: ThumbnailSize;
  readonly focused: number;
  /** The video that plays. */
  readonly playing: number | undefined;
}

export function GridRow(props: GridRowProps): JSX.Element {
  // A row is drawn anew when its item changes.
  const { start, end, number, top } = props.item;
  const indices = Array.from({ length: end - start }, (_, column) => start + column);
  return (
    <div
      class={styles['row']}
      role="row"
      aria-rowindex={number + 1}
      style={{
        transform: `translateY(${top - props.grid.offset()}px)`,
        height: `${props.grid.cellHeight()}px`,
        'grid-template-columns': `repeat(${props.grid.layout().measures.columns}, 1fr)`,
        gap: `${props.grid.gap}px`,
      }}
    >
      <For each={indices}>
        {(index) => (
          <ImageCell
            index={index}
            file={props.list.fileAt(index)}
            size={props.size}
            isWaiting={props.grid.isFast()}
            isSelected={selection.has(index)}
            isFocused={props.focused === index}
            isPlaying={props.playing === index}
          />
        )}
      </For>
    </div>
  );
}
