import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { drawMutants } from '../scripts/mutation/draw-mutants.js';
import { findMutants } from '../scripts/mutation/find-mutants.js';
import { switchMutants } from '../scripts/mutation/switch-mutants.js';

const changes = (code: string) => findMutants('a.ts', code).map(({ from, to }) => [from, to]);

test.each([
  [
    'comparisons are moved by one and turned round',
    'f = (a < b);',
    [
      ['a < b', '(a) <= (b)'],
      ['a < b', '(a) >= (b)'],
    ],
  ],
  ['equality is turned round', 'f = (a === b);', [['a === b', '(a) !== (b)']]],
  ['and becomes or', 'f = (a && b);', [['a && b', '(a) || (b)']]],
  ['conditions are negated', 'if (a) b = c;', [['a', '!(a)']]],
  ['calls for their effect are left out', 'a.b(c);', [['a.b(c)', 'undefined']]],
  [
    'waits are left out',
    'await a();',
    [
      ['await a()', 'a()'],
      ['a()', 'undefined'],
    ],
  ],
  ['results are replaced', 'const f = () => a;', [['a', 'undefined']]],
  [
    'numbers and truths are others',
    'a = 5; b = true; c = 5n;',
    [
      ['5', '5 + 1'],
      ['true', 'false'],
      ['5n', '5n + 1n'],
    ],
  ],
  ['types, imports and names stay', "import a from './a.ts'; type B = 'c' | 5; interface D { e: true }", []],
  ['words for people stay', "a = { description: 'b' + 5 };", []],
  ['the call of a base class stays', 'class A extends B { constructor() { super(c); } }', []],
])('%s', (_, code, expected) => {
  expect(changes(code)).toEqual(expected);
});

test('rows of tables outside of functions are left out, each by itself', () => {
  const rows = (code: string) =>
    findMutants('a.ts', code).flatMap(({ from, place }) => (place === 'expression' ? [] : [from]));
  expect(rows('const a = [x, y, ...z, w];')).toEqual(['x', 'y', 'w']);
  expect(rows('const a = { x, y: b, ...z };')).toEqual(['x', 'y: b']);
  expect(rows('const a = [x, y];')).toEqual([]);
  expect(rows('const a = () => [x, y, z];')).toEqual([]);
});

test('a mutant has the line and the place of what it replaces', () => {
  const code = 'const a = 1;\nif (b) c();\n';
  const [, condition] = findMutants('a.ts', code);
  expect(condition).toMatchObject({ file: 'a.ts', line: 2, from: 'b', to: '!(b)' });
  expect(code.slice(condition?.start, condition?.end)).toBe('b');
});

/** Runs a source with these mutants in it; gives what it prints and, if asked, the mutants that it reached. */
async function run(code: string, env: Record<string, string>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'mutation-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const mutants = findMutants('a.js', code).map((mutant, index) => ({ ...mutant, id: index + 1 }));
  // One a line: none of them lies inside of another.
  const apart = mutants.filter(
    ({ line }, index) => mutants.findIndex((other) => other.line === line) === index,
  );
  const file = path.join(folder, 'a.mjs');
  await writeFile(file, switchMutants(code, apart));
  const hits = path.join(folder, 'hits');
  const given = {
    PATH: process.env['PATH'] ?? '',
    ...(env['HITS'] === undefined ? env : { IIB_MUTANT_HITS: hits }),
  };
  const { stdout, stderr } = spawnSync(process.execPath, [file], { env: given, encoding: 'utf8' });
  const reached = env['HITS'] === undefined ? '' : await readFile(hits, 'utf8');
  return { ids: apart.map(({ id }) => id), output: stdout + stderr, reached };
}

const program = `#!/usr/bin/env node
const table = [
  'one', 'two', 'three',
];
const unused = () =>
  5 < 4;
const isSmall = 3 < 4;
console.log(table.length, isSmall);
`;

test('all mutants are in one source, and one at a time is awake', async () => {
  const { ids, output } = await run(program, {});
  expect(ids.length).toBe(4);
  expect(output).toBe('3 true\n');
  const outputs = await Promise.all(
    ids.map(async (id) => (await run(program, { IIB_MUTANT: String(id) })).output),
  );
  // The row, the function that nobody calls, the comparison, the call.
  expect(outputs).toEqual(['2 true\n', '3 true\n', '3 true\n', '']);
});

test('what is reached is noted once, and what is not is not', async () => {
  const { ids, output, reached } = await run(program, { HITS: 'yes' });
  expect(output).toBe('3 true\n');
  const [row, , comparison, call] = ids;
  expect(reached).toBe([row, comparison, call].map((id) => `${id}\n`).join(''));
});

const many = findMutants(
  'a.ts',
  Array.from({ length: 200 }, (_, index) => `f(a${index} < ${index}, b);`).join('\n'),
);

test('a seed draws the same mutants again, another seed others, none on the line of another', () => {
  const draw = (seed: number) => drawMutants(many, { count: 20, seed, equivalents: [] }).drawn;
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(new Set(draw(7).map(({ line }) => line)).size).toBe(20);
  expect(draw(7).map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

test('what is known as equivalent is told apart, wherever it stands', () => {
  const equivalents = [{ file: 'a.ts', from: 'a5 < 5', to: '(a5) <= (5)', reason: 'why not' }];
  const { drawn, listed } = drawMutants(many, { count: 1000, seed: 1, equivalents });
  expect(drawn.some(({ from, to }) => from === 'a5 < 5' && to === '(a5) <= (5)')).toBe(false);
  expect(listed.every(({ reason }) => reason === 'why not')).toBe(true);
  expect(drawMutants(many.slice(0, 10), { count: 20, seed: 1, equivalents: [] }).drawn.length).toBeLessThan(
    10,
  );
});

test('each mutant that is known as equivalent is still there, with a reason', async () => {
  const root = new URL('../', import.meta.url);
  const text = await readFile(new URL('scripts/mutation/equivalent.json', root), 'utf8');
  const known = JSON.parse(text) as { file: string; from: string; to: string; reason: string }[];
  for (const { file, from, to, reason } of known) {
    const mutants = findMutants(file, await readFile(new URL(file, root), 'utf8'));
    expect(mutants, `${file}: ${from} -> ${to}`).toContainEqual(expect.objectContaining({ from, to }));
    expect(reason).not.toBe('');
  }
});
