/** Largest distance from 1970 that a date can have, in milliseconds. */
const MAX_TIME = 8.64e15;

/**
 * Writes Unix seconds as `YYYY-MM-DD HH:MM:SS` in a time zone, that of this machine when none is named.
 * Throws `RangeError` for a name that is no time zone.
 */
export function dateTextIn(timeZone: string | undefined): (seconds: number) => string {
  // Swedes write dates this way.
  const format = new Intl.DateTimeFormat('sv-SE', {
    ...(timeZone === undefined ? {} : { timeZone }),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    numberingSystem: 'latn',
  });
  return (seconds) => format.format(Math.max(-MAX_TIME, Math.min(MAX_TIME, seconds * 1000)));
}
