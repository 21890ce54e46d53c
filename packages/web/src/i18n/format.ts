import { formatNumber } from './format-message.ts';
import { language } from './language.ts';

/** Formats a number in the current language. */
export function number(value: number): string {
  return formatNumber(value, language());
}

/** Formats a length of time in seconds. */
export function seconds(value: number): string {
  const format = { style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: 2 } as const;
  return new Intl.NumberFormat(language(), format).format(value);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language()} ${name}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language(), options);
  formats.set(key, format);
  return format;
}

/** Formats Unix seconds as day and time. */
export function dateTime(seconds: number): string {
  return dateFormat('date time', { dateStyle: 'medium', timeStyle: 'short' }).format(seconds * 1000);
}

/** Formats a day `YYYY-MM-DD`, with its weekday. */
export function day(date: string): string {
  const format = dateFormat('day', {
    weekday: 'short',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  });
  return format.format(new Date(`${date}T00:00:00Z`));
}

/** Formats a month `YYYY-MM`. */
export function month(date: string): string {
  const format = dateFormat('month', { year: 'numeric', month: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${date}-01T00:00:00Z`));
}

/** Formats bytes, in units of powers of 1024. */
export function fileSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  const text = new Intl.NumberFormat(language(), {
    maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1,
  }).format(value);
  return `${text} ${units[power]}`;
}
