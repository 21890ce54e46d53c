import { createHash } from 'node:crypto';

import type { PromptMode } from '@iib-kit/clustering';

/**
 * What IIB 1.5 to 1.9 stores beside a vector to tell whether its text has changed: the SHA-256 of a name of its
 * cleaning rules and of the prompt as cleaned by them. We store the same beside vectors of a provider, so that neither
 * program pays for a text that the other has embedded.
 */
export function iibTextHash(
  infotext: string,
  { mode, maxChars }: { readonly mode: PromptMode; readonly maxChars: number },
): string {
  const raw = rawPrompt(infotext, maxChars);
  const text = mode === 'plain' ? raw : cleaned(raw, mode) || raw;
  return createHash('sha256')
    .update(`${rulesOf[mode]}:${withinTokens(text)}`)
    .digest('hex');
}

/** How IIB calls its rules, by mode: a hash over them, the same in every release that embeds. */
const rulesOf: Readonly<Record<PromptMode, string>> = {
  balanced: 'nv_a0f98d34869f',
  theme: 'nv_124dbfbb093e',
  plain: 'nv_f7b1878df6dc',
};

/** Limits of IIB's requests, in characters and in tokens as it counts them. */
const LEAST_CHARS = 256;
const MOST_CHARS = 8000;
const MOST_TOKENS = 7800;

/** Blanks as Python has them: four separators more than JavaScript, and no byte order mark. */
const blank = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const edges = new RegExp(`^${blank}+|${blank}+$`, 'g');
const blanks = new RegExp(`${blank}+`, 'g');
const strip = (text: string): string => text.replace(edges, '');

function rawPrompt(infotext: string, maxChars: number): string {
  const whole = strip(infotext);
  const end = whole.toLowerCase().indexOf('negative prompt:');
  const prompt = end === -1 ? whole : strip(whole.slice(0, end));
  const most = Math.max(LEAST_CHARS, Math.min(maxChars, MOST_CHARS));
  if (prompt.length <= most) return strip(prompt);
  return strip(Array.from(prompt).slice(0, most).join(''));
}

const optional = `${blank}*`;
const some = `${blank}+`;
const dashes = `(?:${blank}|[-\\u2010\\u2011\\u2012\\u2013\\u2212])*`;

/** Words that IIB takes out, as alternatives of an expression. */
const quality =
  `masterpiece best${optional}quality high${optional}quality best${optional}rating ` +
  `(?:highly|ultra|hyper)${dashes}detailed absurdres absurd${optional}res hires hdr uhd 8k 4k 2k raw${optional}photo ` +
  'photorealistic realistic cinematic';
const camera =
  `film${some}photography photography dslr camera canon nikon sony sigma leica lens bokeh depth${some}of${some}field ` +
  `dof sharp${some}focus wide${some}angle fisheye`;
const exposure = `iso${optional}\\p{Nd}{2,5} f\\/\\p{Nd}+(?:\\.\\p{Nd}+)? \\p{Nd}{2,4}mm`;
const chinese =
  '超高分辨率 高分辨率 高清 超清 8K 4K 2K 照片级 高质量 最佳质量 大师作品 杰作 超细节 细节丰富 极致细节 极致 完美';
const chineseStyle =
  '电影质感 写真 写实 真实感 摄影 摄影作品 摄影图像 摄影图 镜头 景深 胶片 光圈 光影 构图 色彩 渲染 纪实 插图 科学插图';

const word = '[\\p{L}\\p{N}_]';
const anyOf = (words: string): string => `(?:${words.split(' ').join('|')})`;
const asWord = (words: string): string => `(?<!${word})${anyOf(words)}(?!${word})`;
const dropped = [
  '<lora:[^>]+>',
  '<lyco:[^>]+>',
  asWord(quality),
  asWord(camera),
  asWord(exposure),
  anyOf(chinese),
];
const expressionOf = (alternatives: readonly string[]): RegExp => new RegExp(alternatives.join('|'), 'giu');
const boilerplate = {
  balanced: expressionOf(dropped),
  theme: expressionOf([...dropped, anyOf(chineseStyle)]),
};

const weighted = new RegExp(`\\(([^()]{1,80}):${optional}\\p{Nd}+(?:\\.\\p{Nd}+)?\\)`, 'gu');

function cleaned(prompt: string, mode: 'balanced' | 'theme'): string {
  const text = strip(
    prompt
      .replace(weighted, '$1')
      .replace(boilerplate[mode], ' ')
      .replaceAll('**', ' ')
      .replace(/[[\]{}()]/g, ' ')
      .replace(blanks, ' '),
  );
  const parts = text.split(/[,\n，;；]+/).map(strip);
  const telling = parts.filter((part) => Array.from(part).length > 2);
  return strip(telling.length > 0 ? telling.join('，') : text);
}

const tokensOf = (text: string): number => {
  const all = Array.from(text);
  const ascii = all.filter((character) => character < '\x80').length;
  return Math.floor((ascii + 3) / 4) + all.length - ascii;
};

/** Four characters of ASCII count as a token, and each other character. */
function withinTokens(text: string): string {
  if (text.length <= MOST_TOKENS || tokensOf(text) <= MOST_TOKENS) return text;
  const all = Array.from(text);
  let [tokens, ascii, end] = [0, 0, 0];
  for (const character of all) {
    if (character >= '\x80') tokens += 1;
    else if ((ascii += 1) % 4 === 0) tokens += 1;
    if (tokens > MOST_TOKENS) break;
    end += 1;
  }
  return strip(all.slice(0, end).join(''));
}
