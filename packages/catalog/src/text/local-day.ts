/** A day in the time zone of this machine, in microseconds since 1970: `from <= time < to`. */
export interface LocalDay {
  /** `YYYY-MM-DD`. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const digits = (value: number, count: number): string => String(value).padStart(count, '0');

/** The day of a time in microseconds since 1970. */
export function localDayOf(microseconds: number): LocalDay {
  const time = new Date(Math.floor(microseconds / 1000));
  const [year, month, day] = [time.getFullYear(), time.getMonth(), time.getDate()];
  return {
    name: `${digits(year, 4)}-${digits(month + 1, 2)}-${digits(day, 2)}`,
    from: new Date(year, month, day).getTime() * 1000,
    to: new Date(year, month, day + 1).getTime() * 1000,
  };
}
