/** Largest distance from 1970 that a date can have, in milliseconds. */
const MAX_TIME = 8.64e15;

const DAY = 24 * 60 * 60;

/** From here on a year may have more than four digits somewhere, in Unix seconds. */
const YEAR_9999 = 253_370_764_800;

/** Days that are remembered: the first date of a day takes as long as formatting three. */
const MAX_DAYS = 20_000;

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
  const write = (seconds: number) => format.format(Math.max(-MAX_TIME, Math.min(MAX_TIME, seconds * 1000)));
  const dayTextOf = rememberedDays();
  const offsets = new Map<number, number | undefined>();
  /** Milliseconds that the clocks are ahead of UTC on a day of UTC; undefined where they are set on that day. */
  const offsetOn = (day: number): number | undefined => {
    const known = offsets.get(day);
    if (known !== undefined || offsets.has(day)) return known;
    const [first, last] = [day * DAY, (day + 1) * DAY - 1].map(
      (second) => Date.parse(`${write(second).replace(' ', 'T')}Z`) - second * 1000,
    );
    const offset = first === last ? first : undefined;
    if (offsets.size >= MAX_DAYS) offsets.clear();
    offsets.set(day, offset);
    return offset;
  };
  return (seconds) => {
    if (!(seconds >= 0 && seconds < YEAR_9999)) return write(seconds);
    const offset = offsetOn(Math.floor(seconds / DAY));
    if (offset === undefined) return write(seconds);
    const second = Math.floor((seconds * 1000 + offset) / 1000);
    const day = Math.floor(second / DAY);
    const inDay = second - day * DAY;
    return dayTextOf(day) + (minutes[Math.floor(inDay / 60)] ?? '') + (twoDigits[inDay % 60] ?? '');
  };
}

const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

/** `HH:MM:` for each minute of a day. */
const minutes = Array.from(
  { length: 24 * 60 },
  (_, minute) => `${twoDigits[Math.floor(minute / 60)]}:${twoDigits[minute % 60]}:`,
);

/** Writes days since 1970 as `YYYY-MM-DD ` and remembers them. */
function rememberedDays(): (day: number) => string {
  const texts = new Map<number, string>();
  return (day) => {
    let text = texts.get(day);
    if (text === undefined) {
      text = `${new Date(day * DAY * 1000).toISOString().slice(0, 10)} `;
      if (texts.size >= MAX_DAYS) texts.clear();
      texts.set(day, text);
    }
    return text;
  };
}
