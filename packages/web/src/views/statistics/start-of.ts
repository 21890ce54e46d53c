/** Unix seconds at which a day `YYYY-MM-DD` or a month `YYYY-MM` begins here. */
export function startOf(name: string): number {
  const [year = 1970, month = 1, day = 1] = name.split('-').map(Number);
  const date = new Date(2000, month - 1, day);
  // The constructor takes years below 100 for others.
  date.setFullYear(year);
  return date.getTime() / 1000;
}
