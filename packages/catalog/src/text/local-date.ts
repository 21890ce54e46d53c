const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `YYYY-MM-DD HH:MM:SS` in the time zone of this machine: how IIB writes dates into its tables. */
export function localDate(microseconds: number): string {
  const date = new Date(microseconds / 1000);
  const day = `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
  return `${day} ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}:${twoDigits(date.getSeconds())}`;
}

const written = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)/;

/** Microseconds since 1970 of such a date; undefined for anything else. */
export function parseLocalDate(text: string): number | undefined {
  const parts = written.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 1, day, hour, minute, second] = parts.slice(1).map(Number);
  return new Date(year, month - 1, day, hour, minute, second).getTime() * 1000;
}
