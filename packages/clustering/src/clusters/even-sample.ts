/** At most so many of the rows, evenly spread over them; all where there are no more. */
export function evenSample<Row>(rows: readonly Row[], count: number): readonly Row[] {
  if (rows.length <= count) return rows;
  const step = rows.length / count;
  return Array.from({ length: count }, (_, index) => rows[Math.floor(index * step)] as Row);
}
