import { expect, test } from 'vitest';

import { circleIn, importProblem } from '../scripts/house-rules.js';

const house = {
  packages: { contract: [], client: ['contract'], server: ['contract'] },
  rooms: {
    server: {
      '.': ['routes'],
      routes: ['files'],
      files: ['failure.ts', 'ports'],
      'files/disk': ['ports'],
      ports: [],
      'failure.ts': [],
    },
  },
};
const src = 'packages/server/src';

test('a package imports the packages that its table names, built or not', () => {
  const from = 'packages/client/src/create-client.ts';
  expect(importProblem({ from, to: 'packages/contract/dist/index.d.ts' }, house)).toBeUndefined();
  expect(importProblem({ from, to: '@iib-kit/contract' }, house)).toBeUndefined();
  expect(importProblem({ from, to: 'node_modules/zod/index.d.ts' }, house)).toBeUndefined();
  expect(importProblem({ from, to: '@iib-kit/server/express' }, house)).toBe(
    `${from} > @iib-kit/server/express: client may not import server`,
  );
});

test.each([
  ['index.ts', 'routes/tags.ts'],
  ['routes/tags.ts', 'files/move-files.ts'],
  ['files/move-files.ts', 'files/plan/plan-move.ts'],
  ['files/disk/rename.ts', 'ports/refusal.ts'],
  ['files/move-files.ts', 'failure.ts'],
])('%s may import %s', (from, to) => {
  expect(importProblem({ from: `${src}/${from}`, to: `${src}/${to}` }, house)).toBeUndefined();
});

test.each([
  ['files/move-files.ts', 'routes/tags.ts', 'files', 'routes'],
  ['routes/tags.ts', 'files/disk/rename.ts', 'routes', 'files/disk'],
  ['files/disk/rename.ts', 'files/move-files.ts', 'files/disk', 'files'],
  ['ports/refusal.ts', 'index.ts', 'ports', '.'],
  ['ports/refusal.ts', 'failure.ts', 'ports', 'failure.ts'],
])('%s may not import %s', (from, to, room, other) => {
  expect(importProblem({ from: `${src}/${from}`, to: `${src}/${to}` }, house)).toBe(
    `${src}/${from} > ${src}/${to}: the room ${room} may not import ${other}`,
  );
});

test('what a package has installed, and what it offers by its name, is none of its rooms', () => {
  const from = `${src}/files/move-files.ts`;
  for (const to of ['packages/server/node_modules/commander/index.d.ts', '@iib-kit/server'])
    expect(importProblem({ from, to }, house)).toBeUndefined();
});

test('a folder that no table names is told', () => {
  const [attic, ports] = [`${src}/attic/things.ts`, `${src}/ports/refusal.ts`];
  const problem = `${attic} is in no room of house.config.js`;
  expect(importProblem({ from: attic, to: ports }, house)).toBe(problem);
  expect(importProblem({ from: ports, to: attic }, house)).toBe(problem);
});

test('a circle that a table allows is found', () => {
  expect(circleIn(house.rooms.server)).toBeUndefined();
  expect(circleIn({ a: ['b'], b: ['c'], c: ['b'] })).toEqual(['b', 'c', 'b']);
});
