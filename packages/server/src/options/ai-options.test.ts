import { expect, test } from 'vitest';

import { resolveAiOptions } from './ai-options.ts';

test('without anything the models of IIB are asked, without a key', () => {
  expect(resolveAiOptions()).toEqual({
    apiKey: undefined,
    baseUrl: undefined,
    chatModel: 'gpt-4o-mini',
    embeddingModel: 'text-embedding-3-small',
    titleModel: 'gpt-4o-mini',
    normalizePrompts: true,
    retries: 4,
    timeoutMs: 60_000,
    normalizeMode: 'balanced',
  });
});

test('titles come from the chat model unless another is named', () => {
  expect(resolveAiOptions({ chatModel: 'a' })).toMatchObject({ chatModel: 'a', titleModel: 'a' });
  expect(resolveAiOptions({ chatModel: 'a', titleModel: 'b' })).toMatchObject({ titleModel: 'b' });
});

test.each([
  [{ apikey: 'x' }, 'unknown option of ai "apikey"; did you mean "apiKey"?'],
  [{ apiKey: ' ' }, 'option ai.apiKey must be a text that is not empty'],
  [{ baseUrl: 'sk-secret' }, 'option ai.baseUrl must be an http or https address'],
  [{ baseUrl: 'file:///etc/passwd' }, 'option ai.baseUrl must be an http or https address'],
  [{ normalizeMode: 'theme' }, 'option ai.normalizeMode must be one of balanced, theme_only, not "theme"'],
  [{ retries: -1 }, 'option ai.retries must be a whole number from 0 to 2147483647, not -1'],
  [{ timeoutMs: 0 }, 'option ai.timeoutMs must be a whole number from 1 to 2147483647, not 0'],
  [{ normalizePrompts: 'no' }, 'option ai.normalizePrompts must be true or false'],
])('%j is refused without repeating what may be a key', (options, message) => {
  expect(() => resolveAiOptions(options as object)).toThrow(message);
});
