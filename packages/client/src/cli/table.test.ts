import { PassThrough } from 'node:stream';

import { expect, test } from 'vitest';

import { progressBar } from './progress-bar.ts';
import { writeTable } from './table.ts';
import { Terminal, type ProcessParts } from './terminal.ts';
import { textWidth } from './fit-text.ts';

/** A terminal of so many columns, and what was written to it. */
function screen(columns: number, env: ProcessParts['env'] = {}) {
  const stdout = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true, columns });
  const terminal = new Terminal({
    stdin: new PassThrough(),
    stdout,
    stderr: stdout,
    env,
    signal: new AbortController().signal,
  });
  return { terminal, stdout, written: () => String(stdout.read() ?? '') };
}

const rows = [
  { name: '雪山', count: 12 },
  { name: 'a lighthouse on a cliff', count: 3 },
];
const columns = [
  { title: 'COUNT', text: ({ count }: { count: number }) => String(count), align: 'right' as const },
  { title: 'NAME', text: ({ name }: { name: string }) => name },
];

test('a table has a heading, and columns as wide as what is in them', async () => {
  const { terminal, written } = screen(80, { NO_COLOR: '1' });
  await writeTable(terminal, rows, columns);
  expect(written()).toBe('COUNT  NAME\n   12  雪山\n    3  a lighthouse on a cliff\n');
});

test('the widest column gives way where a line would be too long', async () => {
  const { terminal, written } = screen(18, { NO_COLOR: '1' });
  await writeTable(terminal, rows, columns);
  const lines = written().trimEnd().split('\n');
  expect(lines).toEqual(['COUNT  NAME', '   12  雪山', '    3  a lighthou…']);
  expect(Math.max(...lines.map(textWidth))).toBe(18);
});

test.each([
  [{}, '\u001b[1mCOUNT  NAME\u001b[22m'],
  [{ NO_COLOR: '1' }, 'COUNT  NAME'],
  [{ NO_COLOR: '' }, '\u001b[1mCOUNT  NAME\u001b[22m'],
  [{ TERM: 'dumb' }, 'COUNT  NAME'],
])('with %j the heading is %j', async (env, heading) => {
  const { terminal, written } = screen(80, env);
  await writeTable(terminal, rows, columns);
  expect(written().split('\n')[0]).toBe(heading);
});

test('a bar is drawn in place, never wider than the terminal, and gone at the end', () => {
  const { stdout, written } = screen(40);
  const bar = progressBar(stdout);
  bar.show({ part: 0.5, label: 'index: reading \u001b[31m雪山と湖.png and so on' });
  const drawn = written();
  expect(drawn).toBe(`\r\u001b[K${'█'.repeat(12)}${'░'.repeat(12)}  50% index: r…`);
  expect(textWidth(drawn)).toBe(39);
  bar.finish();
  expect(written()).toBe('\r\u001b[K');
});

test('where no terminal is, there is no bar', () => {
  const stream = new PassThrough({ encoding: 'utf8' });
  const bar = progressBar(stream);
  bar.show({ part: 0.5, label: 'index' });
  bar.finish();
  expect(stream.read()).toBeNull();
});
