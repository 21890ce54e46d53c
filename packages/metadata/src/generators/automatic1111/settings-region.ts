import { extraInfoMark } from './extra-info.ts';
import { endOfString, openString, type SettingEntry, tokeniseSettings } from './tokenise-settings.ts';

/** Settings that may follow a value in which a line breaks: only these tell that the settings go on below it. */
const key =
  /(?:Steps|Sampler|Schedule type|(?:Distilled )?CFG [Ss]cale|Seed|Size|Model(?: hash)?|VAE(?: hash)?|Denoising strength|Clip skip|ENSD|Eta|RNG|Version|App|Parser|Pipeline|Operations|Backend|Refiner(?: switch at)?|Hires [\w ]{1,30}|Postprocess [\w ]{1,30}|ControlNet[\w ]{0,20}|ADetailer [\w ]{1,40}|(?:Lora |TI )?[Hh]ashes|TI|Token merging ratio(?: hr)?|Variation seed(?: strength)?|Mask blur|Face restoration|Wildcard(?: negative)? prompt|Civitai resources|Civitai metadata|Created Date|Source Identifier)/
    .source;
const opensWithKey = new RegExp(`^(?:${key}): `);
const holdsKey = new RegExp(`^${key}: |, ?${key}: `);
/** Values that are texts, and may go on in lines of their own to the end. */
const textKey = /\b(?:prompt|text|wildcards?)$/i;
/** What is told after the settings: templates of sd-dynamic-prompts, and the line of extra information. */
const opensTrailer = /^(?:Negative Template|Template): ?/;
/** Values with line breaks in one text; each of them has the text looked through again. */
const maximumBrokenValues = 32;

/** The last line of settings that begin on the line `index`: line breaks inside values lead to the lines below. */
export function endOfSettings(lines: readonly string[], index: number): number {
  const limit = lines.findIndex((line, at) => at > index && isTrailer(line));
  const last = (limit < 0 ? lines.length : limit) - 1;
  let end = index;
  for (let count = 0; end < last && count < maximumBrokenValues; count += 1) {
    const next = continued(lines, index, end, last);
    if (next === end) break;
    end = next;
  }
  return end;
}

function isTrailer(line: string): boolean {
  return opensTrailer.test(line) || line.startsWith(extraInfoMark);
}

/** How far the settings of the lines from `index` to `end` reach at the least. */
function continued(lines: readonly string[], index: number, end: number, last: number): number {
  const closed = lineOfClosedString(lines, index, end, last);
  if (closed !== undefined) return closed;
  for (let at = last; at > end; at -= 1) if (holdsKey.test(lines[at] ?? '')) return at;
  const isText = textKey.test(settingsOn(lines.slice(index, end + 1)).at(-1)?.[0] ?? '');
  return isText ? last : end;
}

/** The line on which a string closes that the lines up to `end` leave open. */
function lineOfClosedString(
  lines: readonly string[],
  index: number,
  end: number,
  last: number,
): number | undefined {
  const open = openString(lines.slice(index, end + 1).join('\n'));
  if (open === undefined) return undefined;
  const text = lines.slice(index, last + 1).join('\n');
  const close = endOfString(text, open);
  if (close === undefined || !/^ *(?:,|\n|$)/.test(text.slice(close, close + 80))) return undefined;
  return index + text.slice(0, close).split('\n').length - 1;
}

/** The settings of several lines: a line begins with one of its own, or goes on with a value. */
export function settingsOn(lines: readonly string[]): SettingEntry[] {
  const parts: string[] = [];
  for (const line of lines) {
    const part = parts.at(-1);
    if (part === undefined || (opensWithKey.test(line) && openString(part) === undefined)) parts.push(line);
    else parts[parts.length - 1] = `${part}\n${line}`;
  }
  return parts.flatMap((part) => tokeniseSettings(part.trim()) ?? []);
}
