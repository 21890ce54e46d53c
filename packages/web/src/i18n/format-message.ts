import type { Message } from './message.ts';

/** Fills in the parameters of a message; `count` selects the plural form. Missing parameters stay as placeholders. */
export function formatMessage(
  message: Message,
  parameters: Readonly<Record<string, string | number>>,
  language: string,
): string {
  return textOf(message, parameters['count'], language).replaceAll(
    /\{(\w+)\}/g,
    (placeholder, name: string) => {
      const value = parameters[name];
      if (value === undefined) return placeholder;
      return typeof value === 'number' ? formatNumber(value, language) : value;
    },
  );
}

function textOf(message: Message, count: string | number | undefined, language: string): string {
  if (typeof message === 'string') return message;
  if (typeof count !== 'number') return message.other;
  return message[pluralRules(language).select(count)] ?? message.other;
}

const rules = new Map<string, Intl.PluralRules>();

/** Cached, because construction is expensive. */
function pluralRules(language: string): Intl.PluralRules {
  const known = rules.get(language);
  if (known !== undefined) return known;
  const made = new Intl.PluralRules(language);
  rules.set(language, made);
  return made;
}

const numberFormats = new Map<string, Intl.NumberFormat>();

export function formatNumber(value: number, language: string): string {
  const format = numberFormats.get(language) ?? new Intl.NumberFormat(language);
  numberFormats.set(language, format);
  return format.format(value);
}
