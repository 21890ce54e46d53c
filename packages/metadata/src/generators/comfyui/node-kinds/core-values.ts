import { isJsonObject } from '../../../json/json-value.ts';
import { parseTolerantJson } from '../../../json/parse-tolerant-json.ts';
import type { NodeKinds, ReadInput } from './node-kind.ts';
import {
  constant,
  eitherInput,
  isPlainPattern,
  joined,
  passthrough,
  replaceText,
  textOf,
  textRule,
} from './text-rules.ts';

/** Plain values, texts and switches of ComfyUI itself. */
export const coreValues: NodeKinds = {
  PrimitiveString: constant('value'),
  PrimitiveStringMultiline: constant('value'),
  PrimitiveInt: constant('value'),
  PrimitiveFloat: constant('value'),
  PrimitiveBoolean: constant('value'),
  StringConcatenate: {
    widgets: ['string_a', 'string_b', 'delimiter'],
    value: joined(['string_a', 'string_b'], 'delimiter'),
  },
  StringReplace: {
    widgets: ['string', 'find', 'replace'],
    value: textRule('string', (text, read) => replaceText(text, read('find'), read('replace'))),
  },
  StringTrim: {
    widgets: ['string', 'mode'],
    value: textRule('string', (text, read) => trimmed(text, read('mode'))),
  },
  StringSubstring: {
    widgets: ['string', 'start', 'end'],
    value: textRule('string', (text, read) => {
      const [start, end] = [read('start'), read('end')];
      return typeof start === 'number' && typeof end === 'number' ? text.slice(start, end) : undefined;
    }),
  },
  CaseConverter: {
    widgets: ['string', 'mode'],
    value: textRule('string', (text, read) => inCase(text, read('mode'))),
  },
  RegexReplace: {
    widgets: ['string', 'regex_pattern', 'replace', 'case_insensitive', 'multiline', 'dotall', 'count'],
    value: textRule('string', (text, read) => {
      const pattern = read('regex_pattern');
      const isExact = isPlainPattern(pattern) && read('case_insensitive') === false;
      return isExact ? replaceText(text, pattern, read('replace')) : undefined;
    }),
  },
  RegexExtract: { isOpaque: true },
  JsonExtractString: {
    widgets: ['json_string', 'key'],
    value: textRule('json_string', (text, read) => {
      const object = parseTolerantJson(text);
      const key = read('key');
      return isJsonObject(object) && typeof key === 'string' ? textOf(object[key]) : undefined;
    }),
  },
  ComfySwitchNode: { widgets: ['switch'], passthrough: eitherInput('switch', 'on_true', 'on_false') },
  ResolutionSelector: {
    widgets: ['aspect_ratio', 'megapixels', 'multiple'],
    value: (read, slot) => selectedSide(read, slot),
  },
  PreviewAny: { ...passthrough('source'), widgets: [] },
  Reroute: { ...passthrough(''), widgets: [] },
};

/** A side of the size of a ratio and about as many pixels, in whole steps of the multiple. */
function selectedSide(read: ReadInput, slot: number): number | undefined {
  const [, across, down] = /^(\d+):(\d+)/.exec(textOf(read('aspect_ratio')) ?? '') ?? [];
  const megapixels = read('megapixels');
  const multiple = read('multiple') ?? 8;
  const parts = Number(across) * Number(down);
  if (typeof megapixels !== 'number' || typeof multiple !== 'number' || !(parts > 0)) return undefined;
  const scale = Math.sqrt((megapixels * 1024 * 1024) / parts);
  return Math.round((Number(slot === 0 ? across : down) * scale) / multiple) * multiple;
}

function trimmed(text: string, mode: unknown): string | undefined {
  if (mode === 'Both') return text.trim();
  if (mode === 'Left') return text.trimStart();
  return mode === 'Right' ? text.trimEnd() : undefined;
}

function inCase(text: string, mode: unknown): string | undefined {
  if (mode === 'UPPERCASE') return text.toUpperCase();
  if (mode === 'lowercase') return text.toLowerCase();
  return undefined;
}
