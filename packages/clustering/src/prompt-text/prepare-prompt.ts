import {
  cameraPattern,
  cameraPhrases,
  qualityMarks,
  qualityPattern,
  qualityPhrases,
  qualityWords,
} from './boilerplate.ts';
import { phraseKey, positivePart, promptPhrases } from './prompt-phrases.ts';

/**
 * `balanced` drops what says how good the picture is to be, `theme` also camera, light and framing; `plain` drops no
 * phrase.
 */
export const promptModes = ['balanced', 'theme', 'plain'] as const;
export type PromptMode = (typeof promptModes)[number];

/** Changes with every change to what {@link preparePrompt} makes of a text. */
const version = 1;

export interface PromptOptions {
  /** Default `balanced`. */
  readonly mode?: PromptMode;
  /** Longer results are cut, at a phrase where one ends near. Default 4,000, at least 1. */
  readonly maxChars?: number;
}

/**
 * What the preparation of texts is to be called in cache keys, such as `prompt-1-balanced`. The limit is no part of it:
 * a text that it cuts is another text.
 */
export function promptVersion(options: PromptOptions = {}): string {
  return `prompt-${version}-${checked(options).mode}`;
}

/**
 * What a generation text says of the picture's subject, ready to be embedded: the positive prompt without LoRA tags,
 * weights, repetitions and boilerplate, its phrases joined by `, `. A prompt of boilerplate alone is kept as it is; no
 * prompt gives an empty string.
 */
export function preparePrompt(text: string, options: PromptOptions = {}): string {
  const { mode, maxChars } = checked(options);
  const phrases = distinctPhrases(promptPhrases(positivePart(text)));
  const telling = phrases.filter(({ key }) => !isBoilerplate(key, mode));
  const kept = telling.length > 0 ? telling : phrases;
  return cut(kept.map(({ phrase }) => phrase).join(', '), maxChars);
}

/** Whether a phrase, as `phraseKey` spells it, says nothing of the subject in that mode. */
export function isBoilerplate(key: string, mode: PromptMode): boolean {
  if (mode === 'plain') return false;
  if (qualityPhrases.has(key) || qualityPattern.test(key) || isQuality(key)) return true;
  return mode === 'theme' && (cameraPhrases.has(key) || cameraPattern.test(key));
}

function isQuality(key: string): boolean {
  const words = key.split(' ');
  return words.some((word) => qualityMarks.has(word)) && words.every((word) => qualityWords.has(word));
}

function distinctPhrases(phrases: readonly string[]): { phrase: string; key: string }[] {
  const byKey = new Map<string, string>();
  for (const phrase of phrases) {
    const key = phraseKey(phrase);
    if (!byKey.has(key)) byKey.set(key, phrase);
  }
  return [...byKey].map(([key, phrase]) => ({ phrase, key }));
}

function cut(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  // A surrogate pair is never parted: half of one is no character, and providers refuse it.
  const end = /[\ud800-\udbff]/.test(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
  const phraseEnd = text.lastIndexOf(', ', end);
  return text.slice(0, phraseEnd > end * 0.8 ? phraseEnd : end);
}

function checked({ mode = 'balanced', maxChars = 4_000 }: PromptOptions): Required<PromptOptions> {
  if (!promptModes.includes(mode))
    throw new RangeError(`mode must be one of ${promptModes.join(', ')}, not ${mode as string}`);
  if (!Number.isSafeInteger(maxChars) || maxChars < 1) {
    throw new RangeError(`maxChars must be a whole number from 1 up, not ${maxChars}`);
  }
  return { mode, maxChars };
}
