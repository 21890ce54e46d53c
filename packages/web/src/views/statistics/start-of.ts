/** The start of a day `YYYY-MM-DD` or month `YYYY-MM` in local time, in Unix seconds. */
export function startOf(name: string): number {
  const [year = 1970, month = 1, day = 1] = name.split('-').map(Number);
  const date = new Date(2000, month - 1, day);
  // The constructor maps years below 100 to the 20th century.
  date.setFullYear(year);
  return date.getTime() / 1000;
}
