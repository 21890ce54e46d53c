import { extraInfoMark } from './extra-info.ts';
import { endOfSettings, settingsOn } from './settings-region.ts';
import { type SettingEntry, tokeniseSettings } from './tokenise-settings.ts';

/** The parts of an A1111 "parameters" text. */
export interface InfotextParts {
  /** The text that was taken apart. */
  readonly text: string;
  readonly prompt: string;
  readonly negativePrompt: string | undefined;
  readonly settings: readonly SettingEntry[];
  /** The line that all settings are on; undefined where they go on below, or there are none. */
  readonly settingsLine: string | undefined;
  /** Lines after the settings, such as the templates of sd-dynamic-prompts. */
  readonly trailer: readonly string[];
  /** Whether more than one line opens a negative prompt. */
  readonly ambiguous: boolean;
}

const negativeMark = 'Negative prompt:';
/** Keys of which at least one is on every settings line; those that open one are enough alone. */
const knownKeys =
  /^(?:steps|sampler|seed|size|cfg scale|model|model hash|version|schedule type|denoising strength|clip skip)$/i;
const openingKeys =
  /^(?:steps|size|seed|sampler|postprocess upscale by|postprocess upscaler|app|source identifier)$/i;

/** Takes an infotext apart; undefined when the text has neither a settings line nor a negative prompt. */
export function splitInfotext(text: string): InfotextParts | undefined {
  const lines = withLineBreaks(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text).split('\n');
  const found = findSettings(lines);
  if (found === undefined) return withoutSettings(text, lines);
  const { index, settings } = found;
  const end = endOfSettings(lines, index);
  const isAlone = end === index;
  return {
    text,
    ...splitPrompts(lines.slice(0, index)),
    settings: isAlone ? settings : settingsOn(lines.slice(index, end + 1)),
    settingsLine: isAlone ? (lines[index] ?? '').trim() : undefined,
    trailer: lines.slice(end + 1),
  };
}

/** Prompts alone, as a text has them whose settings were not recorded or lie in its last line. */
function withoutSettings(text: string, lines: readonly string[]): InfotextParts | undefined {
  const hasExtraInfo = lines.at(-1)?.startsWith(extraInfoMark) === true;
  const prompts = hasExtraInfo ? lines.slice(0, -1) : lines;
  if (!hasExtraInfo && !lines.some(opensNegative)) return undefined;
  return {
    text,
    ...splitPrompts(prompts),
    settings: [],
    settingsLine: undefined,
    trailer: hasExtraInfo ? lines.slice(-1) : [],
  };
}

interface SettingsStart {
  readonly index: number;
  readonly settings: readonly SettingEntry[];
}

/**
 * The line that settings begin on: the last one that can be one, or where that is the rest of a value with a line break
 * in it, the line above that opens as the reference writer opens it.
 */
function findSettings(lines: readonly string[]): SettingsStart | undefined {
  let last: SettingsStart | undefined;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = (lines[index] ?? '').trim();
    if (last !== undefined && opensNegative(line)) return last;
    const settings = settingsOf(line);
    if (settings === undefined) continue;
    if (last === undefined ? opensSettings(settings) : isReferenceForm(settings)) return { index, settings };
    last ??= { index, settings };
  }
  return last;
}

/** Whether a line with these settings needs no other before it. */
function opensSettings([first]: readonly SettingEntry[]): boolean {
  return first !== undefined && /^(?:steps|size|seed|sampler)$/i.test(first[0]);
}

function isReferenceForm(settings: readonly SettingEntry[]): boolean {
  const [first] = settings;
  return settings.length >= 3 && first?.[0] === 'Steps' && isPlausible(first);
}

function settingsOf(line: string): SettingEntry[] | undefined {
  if (!line.includes(':')) return undefined;
  const settings = tokeniseSettings(line);
  const [first] = settings ?? [];
  if (settings === undefined || first === undefined) return undefined;
  if (openingKeys.test(first[0]) && isPlausible(first)) return settings;
  const isNamed = settings.some(([key]) => key === 'Source Identifier');
  const isLong = settings.length >= 3 && settings.some(([key]) => knownKeys.test(key));
  return isNamed || isLong ? settings : undefined;
}

/** `Steps: 20 ways to cook` is a prompt. */
function isPlausible([key, value]: SettingEntry): boolean {
  if (/^(?:steps|seed)$/i.test(key)) return /^-?\d*$/.test(value);
  return !/^size$/i.test(key) || /^\d+\s*x\s*\d+$/i.test(value);
}

function opensNegative(line: string): boolean {
  return line.trimStart().startsWith(negativeMark);
}

function splitPrompts(
  lines: readonly string[],
): Pick<InfotextParts, 'prompt' | 'negativePrompt' | 'ambiguous'> {
  const marks = [...lines.keys()].filter((index) => opensNegative(lines[index] ?? ''));
  const last = marks.at(-1);
  if (last === undefined) {
    return { prompt: lines.join('\n').trim(), negativePrompt: undefined, ambiguous: false };
  }
  const negative = lines.slice(last).join('\n').trimStart().slice(negativeMark.length);
  return {
    prompt: lines.slice(0, last).join('\n').trim(),
    negativePrompt: negative.trim(),
    ambiguous: marks.length > 1,
  };
}

/**
 * Gives back the line breaks of a text that lost all of them on its way: GIF writers escape them
 * as two characters, some sites turn them into blanks or full stops.
 */
function withLineBreaks(text: string): string {
  if (text.includes('\n')) return text;
  if (/\\n(?:Negative prompt:|Steps: )/.test(text)) return text.replaceAll('\\n', '\n');
  const steps = text.search(/(?:^|[\s.])Steps: ?\d+[,.|]/);
  if (steps <= 0 || text.startsWith('Steps:')) return text;
  const prompts = text.slice(0, steps).trimEnd();
  const settings = text.slice(steps).replace(/^[\s.]+/, '');
  const negative = prompts.search(/(?:^|[\s.])Negative prompt:/);
  if (negative < 0) return `${prompts}\n${settings}`;
  const mark = prompts.indexOf(negativeMark, negative);
  return `${prompts.slice(0, negative)}\n${prompts.slice(mark)}\n${settings}`;
}
