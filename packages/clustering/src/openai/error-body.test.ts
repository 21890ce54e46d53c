import { expect, test } from 'vitest';
import { describeErrorBody, errorCodes, errorIn } from './error-body.ts';

const bytes = (body: unknown) =>
  new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));

test.each<[string, unknown, string]>([
  ['OpenAI', { error: { message: 'Wrong key', type: 'invalid_request_error', code: null } }, 'Wrong key'],
  ['Ollama', { error: 'model "m" not found' }, 'model "m" not found'],
  ['TEI', { error: 'too long', error_type: 'Validation' }, 'too long'],
  ['vLLM', { object: 'error', message: 'max length', type: 'BadRequestError', code: 400 }, 'max length'],
  ['Gemini', [{ error: { code: 400, message: 'not valid', status: 'INVALID_ARGUMENT' } }], 'not valid'],
  ['Azure', { statusCode: 401, message: 'Access denied' }, 'Access denied'],
  ['FastAPI', { detail: 'Not Found' }, 'Not Found'],
  ['a validation', { detail: [{ loc: ['body', 'input'], msg: 'field required' }] }, 'field required'],
  ['Mistral', { message: { detail: [{ msg: 'no such field' }] } }, 'no such field'],
  ['Cloudflare', { errors: [{ code: 1, message: 'blocked' }] }, 'blocked'],
  ['a proxy', { errorMessage: 'An error occurred', errorCode: 'X' }, 'An error occurred'],
  ['nobody known', { oops: true }, '{"oops":true}'],
  ['a page', '<html><head><title>502 Bad Gateway</title></head><body>nginx</body>', '502 Bad Gateway'],
  ['a page without a title', '<html><body>nginx</body>', ''],
  ['plain text', 'upstream\n  timed out', 'upstream timed out'],
  ['nothing', '', ''],
  ['a long text', 'x'.repeat(10_000), 'x'.repeat(500)],
])('the words of %s are found', (_, body, expected) => {
  expect(describeErrorBody(bytes(body))).toBe(expected);
});

test('codes are found wherever they are named', () => {
  expect(errorCodes(bytes({ error: { code: 'Arrearage', type: 'Arrearage' } }))).toEqual([
    'Arrearage',
    'Arrearage',
  ]);
  expect(errorCodes(bytes([{ error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }]))).toEqual([
    'RESOURCE_EXHAUSTED',
  ]);
  expect(errorCodes(bytes('busy'))).toEqual([]);
});

test.each<[unknown, unknown]>([
  [{ data: [], error: null }, undefined],
  [{ data: [], error: 'none' }, undefined],
  [{ choices: [] }, undefined],
  [{ error: 'quota' }, 'quota'],
])('in %j the error is %j', (answer, error) => {
  expect(errorIn(answer)).toEqual(error);
});
