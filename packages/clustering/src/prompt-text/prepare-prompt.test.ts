import fc from 'fast-check';
import { expect, test } from 'vitest';
import { preparePrompt, promptVersion } from './prepare-prompt.ts';

test.each<[what: string, text: string, prepared: string]>([
  [
    'negative prompt and parameters are left out',
    'a red fox, snow\nNegative prompt: dog, blurry\nSteps: 20, Sampler: Euler, Seed: 1',
    'a red fox, snow',
  ],
  ['parameters without a negative prompt are left out', 'a red fox\nSteps: 20, Sampler: Euler', 'a red fox'],
  [
    'a text that begins with its negative prompt has no prompt',
    'Negative prompt: dog\nSteps: 5, Seed: 2',
    '',
  ],
  ['the word steps in a prompt ends nothing', 'stone steps: 3 of them, ivy', 'stone steps: 3 of them, ivy'],
  [
    'weights go, what they weigh stays',
    '(red fox:1.3), ((snow)), [trees], {moon}, (a:0.8), sun:1.2',
    'red fox, snow, trees, moon, a, sun',
  ],
  ['nested weights', '((red fox:1.2) in (deep snow:0.9):1.1)', 'red fox in deep snow'],
  [
    'LoRA tags go wherever they stand',
    'fox <lora:detail:0.8>, <lyco:ink:1> snow<hypernet:x:0.2>',
    'fox, snow',
  ],
  ['embeddings go', 'embedding:EasyThing, fox, embedding:other.pt', 'fox'],
  ['escaped brackets belong to a name', 'saber \\(fate\\), fox', 'saber fate, fox'],
  ['escaped brackets part words', 'a\\(b\\)', 'a b'],
  ['BREAK parts phrases', 'fox BREAK snow AND moon', 'fox, snow, moon'],
  ['phrases said twice stay once', 'Fox, snow, fox, deep_snow, deep-snow', 'Fox, snow, deep_snow'],
  [
    'quality goes',
    'masterpiece, best quality, (ultra-detailed:1.2), absurdres, 8k uhd, score_9, score_8_up, fox',
    'fox',
  ],
  [
    'phrases with a subject stay though they praise',
    'highly detailed fur, best friends, sharp teeth, high mountain',
    'highly detailed fur, best friends, sharp teeth, high mountain',
  ],
  ['Chinese quality goes', '杰作，最佳质量，超高清，竹林里的狐狸，极致细节', '竹林里的狐狸'],
  ['full-width forms are the same words', 'ｍａｓｔｅｒｐｉｅｃｅ, fox', 'fox'],
  ['boilerplate alone is kept', 'masterpiece, best quality', 'masterpiece, best quality'],
  [
    'sentences are phrases too',
    'A fox runs through snow. The sky is dark.',
    'A fox runs through snow, The sky is dark',
  ],
  ['a full stop before a comma ends the phrase too', 'One fox., snow', 'One fox, snow'],
  ['decimal numbers part nothing', 'a 2.5 meter fox', 'a 2.5 meter fox'],
  ['punctuation alone is nothing', ' ,, .. , - , ', ''],
  ['an empty text is nothing', '', ''],
])('%s', (_, text, prepared) => {
  expect(preparePrompt(text)).toBe(prepared);
});

test('camera, light and framing go in the mode theme only', () => {
  const text =
    'fox, depth of field, soft lighting, 85mm f/1.4, iso 200, f1.8, close-up, shot on Canon EOS, 特写, 柔光, snow';
  expect(preparePrompt(text, { mode: 'theme' })).toBe('fox, snow');
  expect(preparePrompt(text, { mode: 'balanced' })).toBe(text);
});

test('a longer result is cut at the end of a phrase where one is near, else at the limit', () => {
  expect(preparePrompt('one two three, four five six, seven', { maxChars: 30 })).toBe(
    'one two three, four five six',
  );
  expect(preparePrompt('abcdefghijklmnop, q', { maxChars: 10 })).toBe('abcdefghij');
  expect(preparePrompt('abc😀def', { maxChars: 4 })).toBe('abc');
});

test('preparing a prepared text changes nothing', () => {
  const phrase = fc.constantFrom(
    'fox',
    '(snow:1.2)',
    'masterpiece',
    '[a:0.5]',
    '狐狸，雪',
    '<lora:x:1>',
    'the end. of',
    'BREAK',
    '\\(x\\)',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(phrase, fc.string({ unit: 'grapheme' }))), (parts) => {
      const once = preparePrompt(parts.join(', '));
      fc.pre(!/negative prompt|steps/i.test(once));
      expect(preparePrompt(once)).toBe(once);
    }),
    { numRuns: 1_000 },
  );
});

test('the version names everything that changes the result', () => {
  expect(promptVersion()).toBe('prompt-1-balanced');
  expect(promptVersion({ mode: 'theme', maxChars: 256 })).toBe('prompt-1-theme');
});

test('wrong options are refused by name', () => {
  expect(() => preparePrompt('fox', { mode: 'loud' as 'theme' })).toThrow(
    /^mode must be one of balanced, theme/,
  );
  expect(() => preparePrompt('fox', { maxChars: 0 })).toThrow(/^maxChars must be/);
});

test('the mode plain drops syntax and repetitions, but no phrase', () => {
  const text = 'masterpiece, (fox:1.2), <lora:a:1>, fox, depth of field';
  expect(preparePrompt(text, { mode: 'plain' })).toBe('masterpiece, fox, depth of field');
  expect(promptVersion({ mode: 'plain' })).toMatch(/-plain$/);
});
