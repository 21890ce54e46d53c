import type { en } from './en.ts';
import { formatMessage } from './format-message.ts';
import { dictionary, language } from './language.ts';
import type { MessageParameters } from './message.ts';

type En = typeof en;
export type MessageKey = keyof En;

/** Keys of messages without parameters, for tables of labels. */
export type LabelKey = {
  [Key in MessageKey]: {} extends MessageParameters<En[Key]> ? Key : never;
}[MessageKey];

/** A message in the current language; reactive. */
export function t<Key extends MessageKey>(
  key: Key,
  ...[parameters]: {} extends MessageParameters<En[Key]>
    ? [parameters?: MessageParameters<En[Key]>]
    : [parameters: MessageParameters<En[Key]>]
): string {
  return formatMessage(dictionary()[key], parameters ?? {}, language());
}
