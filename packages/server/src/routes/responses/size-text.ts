const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** A size for people, as IIB writes it: units of 1,024, two decimals, `0B` for nothing. */
export function sizeText(bytes: number): string {
  if (bytes === 0) return '0B';
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(2)} ${units[unit]}`;
}
