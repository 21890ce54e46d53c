import { jsonNumber, type JsonValue } from '../../../json/json-value.ts';
import type { NodeKind, ReadInput, PassthroughRule, ValueRule } from './node-kind.ts';

/** A node that gives one of its own values. */
export function constant(name: string, ...more: readonly (string | null)[]): NodeKind {
  return { widgets: [name, ...more], value: (read) => read(name) };
}

/** A node that gives what comes in. */
export function passthrough(...names: readonly string[]): NodeKind {
  return { passthrough: () => names };
}

/** Joins the inputs that are there with what stands at `delimiter`, or with a fixed text. */
export function joined(names: readonly string[], delimiter: string, fallback = ''): ValueRule {
  return (read) => {
    const between = textOf(read(delimiter)) ?? fallback;
    const parts = names.flatMap((name) => textOf(read(name)) ?? []);
    return parts.length === 0 ? undefined : parts.join(escaped(between));
  };
}

/** Widgets cannot hold a line break, so that some packs write it as two characters. */
function escaped(delimiter: string): string {
  return delimiter.replaceAll(String.raw`\n`, '\n');
}

/** A value as a text, as Python would print it in these nodes. */
export function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : undefined;
}

/** Applies a function to one text. */
export function textRule(
  name: string,
  change: (text: string, read: ReadInput) => string | undefined,
): ValueRule {
  return (read) => {
    const text = textOf(read(name));
    return text === undefined ? undefined : change(text, read);
  };
}

/** Replaces a text; a pattern is replaced only where it stands for itself. */
export function replaceText(
  text: string,
  find: JsonValue | undefined,
  replacement: JsonValue | undefined,
): string | undefined {
  if (typeof find !== 'string') return undefined;
  return find === '' ? text : text.split(find).join(textOf(replacement) ?? '');
}

/** Patterns come from the file, and running them could take forever: only plain ones are known. */
export function isPlainPattern(pattern: JsonValue | undefined): pattern is string {
  return typeof pattern === 'string' && !/[\\^$.*+?()[\]{}|]/.test(pattern);
}

/** Chooses an input by a switch: `first` when it is on. */
export function eitherInput(control: string, first: string, second: string): PassthroughRule {
  return (read) => {
    const value = read(control);
    if (value === undefined) return undefined;
    return value === true || value === 'true' || value === 1 ? first : second;
  };
}

/** Chooses an input by its number. */
export function numberedInput(control: string, prefix: string): PassthroughRule {
  return (read) => {
    const index = jsonNumber(read(control));
    return index === undefined ? undefined : `${prefix}${index}`;
  };
}
