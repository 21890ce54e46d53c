/** Consecutive images with one date; in a list that is not by date, all dates are null. */
export interface ListPage {
  readonly date: string | null;
  readonly count: number;
}

/** In pixels, gaps included. */
export interface ListMeasures {
  readonly columns: number;
  readonly rowHeight: number;
  readonly headerHeight: number;
}

/** The images of one day, or the whole list if it is not by date. */
export interface Section {
  readonly date: string | null;
  /** Index of its first image. */
  readonly start: number;
  readonly count: number;
  readonly top: number;
  readonly height: number;
}

/** Something to draw. */
export type ListItem =
  | { readonly kind: 'header'; readonly section: Section; readonly top: number }
  | {
      readonly kind: 'row';
      readonly section: Section;
      /** Number of the row in the whole list, not counting headers. */
      readonly number: number;
      readonly start: number;
      readonly end: number;
      readonly top: number;
    };

/** Maps indices of images to positions in a list of rows with a header above each day, and back. */
export interface ListLayout {
  readonly count: number;
  readonly rowCount: number;
  readonly height: number;
  readonly sections: readonly Section[];
  readonly measures: ListMeasures;
  /** The section of an image; the last one for an index beyond the end. Undefined in an empty list. */
  sectionOf(index: number): Section | undefined;
  sectionAt(y: number): Section | undefined;
  /** Top of the row that holds an image. */
  topOf(index: number): number;
  columnOf(index: number): number;
  /** The image nearest to an offset and column. */
  indexAt(y: number, column: number): number;
  /** The images in an area, given by offsets and columns, as ranges of indices. */
  indicesIn(area: {
    top: number;
    bottom: number;
    left: number;
    right: number;
  }): [start: number, end: number][];
  itemsBetween(top: number, bottom: number): ListItem[];
  /** The image some rows below, or above if negative, in the same column if that row has one. */
  rowsAway(index: number, rows: number): number;
}

export function createListLayout(blocks: readonly ListPage[], measures: ListMeasures): ListLayout {
  return new Layout(sectionsOf(blocks, measures), measures);
}

function sectionsOf(blocks: readonly ListPage[], measures: ListMeasures): Section[] {
  const sections: Section[] = [];
  let start = 0;
  let top = 0;
  for (let at = 0; at < blocks.length;) {
    const date = blocks[at]?.date ?? null;
    let count = 0;
    for (; at < blocks.length && (blocks[at]?.date ?? null) === date; at += 1)
      count += blocks[at]?.count ?? 0;
    if (count === 0) continue;
    const header = date === null ? 0 : measures.headerHeight;
    const height = header + Math.ceil(count / measures.columns) * measures.rowHeight;
    sections.push({ date, start, count, top, height });
    start += count;
    top += height;
  }
  return sections;
}

class Layout implements ListLayout {
  readonly count: number;
  readonly rowCount: number;
  readonly height: number;
  readonly sections: readonly Section[];
  readonly measures: ListMeasures;
  /** The number of rows before each section. */
  readonly #rowsBefore: readonly number[];

  constructor(sections: readonly Section[], measures: ListMeasures) {
    this.sections = sections;
    this.measures = measures;
    const last = sections.at(-1);
    this.count = last === undefined ? 0 : last.start + last.count;
    this.height = last === undefined ? 0 : last.top + last.height;
    const rowsBefore: number[] = [];
    let rows = 0;
    for (const section of sections) {
      rowsBefore.push(rows);
      rows += this.#rowsOf(section);
    }
    this.#rowsBefore = rowsBefore;
    this.rowCount = rows;
  }

  sectionOf(index: number): Section | undefined {
    return this.sections[this.#positionOf((section) => section.start <= index)];
  }

  sectionAt(y: number): Section | undefined {
    return this.sections[this.#positionOf((section) => section.top <= y)];
  }

  topOf(index: number): number {
    const section = this.sectionOf(index);
    if (section === undefined) return 0;
    return this.#rowTop(section, Math.floor((index - section.start) / this.measures.columns));
  }

  columnOf(index: number): number {
    const section = this.sectionOf(index);
    return section === undefined ? 0 : (index - section.start) % this.measures.columns;
  }

  indexAt(y: number, column: number): number {
    const section = this.sectionAt(y);
    if (section === undefined) return 0;
    const row = Math.floor((y - section.top - this.#headerOf(section)) / this.measures.rowHeight);
    return this.#indexIn(section, row, column);
  }

  indicesIn({
    top,
    bottom,
    left,
    right,
  }: {
    top: number;
    bottom: number;
    left: number;
    right: number;
  }): [number, number][] {
    const { columns } = this.measures;
    const from = Math.max(0, left);
    const to = Math.min(columns - 1, right);
    if (from > to) return [];
    const found: [number, number][] = [];
    for (const item of this.itemsBetween(top, bottom)) {
      if (item.kind !== 'row' || item.start + from >= item.end) continue;
      const range: [number, number] = [item.start + from, Math.min(item.end, item.start + to + 1)];
      const last = found.at(-1);
      if (last?.[1] === range[0]) last[1] = range[1];
      else found.push(range);
    }
    return found;
  }

  itemsBetween(top: number, bottom: number): ListItem[] {
    const items: ListItem[] = [];
    const { columns, rowHeight } = this.measures;
    for (
      let position = Math.max(
        0,
        this.#positionOf((section) => section.top <= top),
      );
      ;
      position += 1
    ) {
      const section = this.sections[position];
      if (section === undefined || section.top >= bottom) return items;
      const header = this.#headerOf(section);
      if (header > 0 && section.top + header > top) items.push({ kind: 'header', section, top: section.top });
      const rows = this.#rowsOf(section);
      const first = Math.max(0, Math.floor((top - section.top - header) / rowHeight));
      for (let row = first; row < rows && this.#rowTop(section, row) < bottom; row += 1) {
        const start = section.start + row * columns;
        items.push({
          kind: 'row',
          section,
          number: (this.#rowsBefore[position] ?? 0) + row,
          start,
          end: Math.min(start + columns, section.start + section.count),
          top: this.#rowTop(section, row),
        });
      }
    }
  }

  rowsAway(index: number, rows: number): number {
    const { columns } = this.measures;
    let position = this.#positionOf((section) => section.start <= index);
    let section = this.sections[position];
    if (section === undefined) return 0;
    const column = (index - section.start) % columns;
    const target = (this.#rowsBefore[position] ?? 0) + Math.floor((index - section.start) / columns) + rows;
    const row = Math.max(0, Math.min(this.rowCount - 1, target));
    position = last(this.#rowsBefore, (before) => before <= row);
    section = this.sections[position];
    return section === undefined
      ? index
      : this.#indexIn(section, row - (this.#rowsBefore[position] ?? 0), column);
  }

  #indexIn(section: Section, row: number, column: number): number {
    const { columns } = this.measures;
    const lastRow = this.#rowsOf(section) - 1;
    const start = section.start + Math.max(0, Math.min(lastRow, row)) * columns;
    const lastOfRow = Math.min(start + columns, section.start + section.count) - 1;
    return Math.max(start, Math.min(lastOfRow, start + Math.min(columns - 1, column)));
  }

  #rowTop(section: Section, row: number): number {
    return section.top + this.#headerOf(section) + row * this.measures.rowHeight;
  }

  #rowsOf({ count }: Section): number {
    return Math.ceil(count / this.measures.columns);
  }

  #headerOf({ date }: Section): number {
    return date === null ? 0 : this.measures.headerHeight;
  }

  /** The position of the last section that matches, or of the first if none does; -1 in an empty list. */
  #positionOf(holds: (section: Section) => boolean): number {
    return this.sections.length === 0 ? -1 : Math.max(0, last(this.sections, holds));
  }
}

/** Binary search: the position of the last match in a list whose matches all come first; -1 for none. */
export function last<T>(list: readonly T[], holds: (element: T) => boolean): number {
  let low = -1;
  let high = list.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const element = list[middle];
    if (element !== undefined && holds(element)) low = middle;
    else high = middle;
  }
  return low;
}
