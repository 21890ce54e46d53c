import { fitText, textWidth } from './fit-text.ts';
import type { Terminal } from './terminal.ts';

/** A column of a table for people. */
export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly align?: 'left' | 'right';
  /** Which end of a text stays that is too long. Default the start. */
  readonly keep?: 'start' | 'end';
}

const GAP = '  ';

/** The narrowest that a column is made, in columns of the terminal. */
const MIN_WIDTH = 4;

/** Writes rows below their titles; the last column takes what room is left, the others what they need of it. */
export async function writeTable<Row>(
  terminal: Terminal,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): Promise<void> {
  const cells = rows.map((row) => columns.map((column) => column.text(row)));
  const widths = columnWidths(
    columns.map(({ title }, position) =>
      Math.max(textWidth(title), ...cells.map((row) => textWidth(row[position] ?? ''))),
    ),
    terminal.width,
  );
  const line = (texts: readonly string[]) =>
    columns
      .map((column, position) => fitText(texts[position] ?? '', widths[position] ?? 0, column))
      .join(GAP)
      .trimEnd();
  await terminal.line(terminal.heading(line(columns.map(({ title }) => title))));
  for (const row of cells) await terminal.line(line(row));
}

/** The widest columns give way first. */
function columnWidths(wanted: readonly number[], width: number): number[] {
  const widths = [...wanted];
  const room = Math.max(width - GAP.length * (widths.length - 1), MIN_WIDTH * widths.length);
  for (;;) {
    const over = widths.reduce((sum, each) => sum + each, 0) - room;
    if (over <= 0) return widths;
    const widest = Math.max(...widths);
    const second = Math.max(MIN_WIDTH, ...widths.filter((each) => each < widest));
    const position = widths.lastIndexOf(widest);
    widths[position] = Math.max(second, widest - over, MIN_WIDTH);
    if (widths[position] === widest) widths[position] = widest - 1;
  }
}
