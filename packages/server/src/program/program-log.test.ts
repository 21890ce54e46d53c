import { Writable } from 'node:stream';

import { expect, test } from 'vitest';

import { programLog } from './program-log.ts';

function written(isTTY: boolean) {
  let text = '';
  const output = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString();
        done();
      },
    }),
    { isTTY },
  );
  return { output, text: () => text };
}

const failure = () =>
  Object.assign(new Error('it broke', { cause: new Error('the disk is full') }), {
    code: 'EIO',
    headers: { authorization: 'Bearer sesame' },
  });

test('elsewhere than on a terminal, a line is a JSON object', () => {
  const { output, text } = written(false);
  programLog('warn', output).error({ err: failure(), requestId: 'r1' }, 'request failed');
  expect(JSON.parse(text())).toEqual({
    level: 50,
    time: expect.any(Number),
    msg: 'request failed',
    requestId: 'r1',
    err: {
      type: 'Error',
      code: 'EIO',
      message: 'it broke',
      stack: expect.stringContaining('program-log.test.ts'),
      cause: { type: 'Error', message: 'the disk is full', stack: expect.any(String) },
    },
  });
});

test('on a terminal, a line is for people, with what went wrong and why', () => {
  const { output, text } = written(true);
  programLog('warn', output).error({ err: failure(), path: '/a\u001b[2J' }, 'request failed');
  const [head, ...stack] = text().split('\n');
  expect(head).toMatch(/^\d\d:\d\d:\d\d error request failed path=\/a \[2J$/);
  expect(stack[0]).toBe('Error: it broke');
  expect(stack).toContain('caused by Error: the disk is full');
  expect(text()).not.toContain('sesame');
});

test.each([
  ['silent', []],
  ['error', ['e']],
  ['warn', ['w', 'e']],
  ['info', ['i', 'w', 'e']],
] as const)('%s writes %j', (level, expected) => {
  const { output, text } = written(false);
  const log = programLog(level, output);
  log.debug({}, 'd');
  log.info({}, 'i');
  log.warn({}, 'w');
  log.error({}, 'e');
  const lines = text().trim();
  const messages =
    lines === '' ? [] : lines.split('\n').map((line) => (JSON.parse(line) as { msg: string }).msg);
  expect(messages).toEqual(expected);
});
