import { createHook } from 'node:async_hooks';
import { mkdtemp, mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { accessDuring } from './access-during.ts';
import { isWithin, restrictedAccess, unrestrictedAccess } from './path-access.ts';

let top: string;
let root: string;
const access = restrictedAccess(() => [root]);

beforeAll(async () => {
  top = await realpath(await mkdtemp(path.join(tmpdir(), 'path-access-')));
  root = path.join(top, 'library');
  await mkdir(path.join(root, 'sub'), { recursive: true });
  await mkdir(path.join(top, 'library-private'));
  await writeFile(path.join(top, 'secret.png'), 's');
  await writeFile(path.join(root, 'a.png'), 'a');
  await symlink(path.join(top, 'secret.png'), path.join(root, 'link-out.png'));
  await symlink(path.join(top, 'not-there-yet.png'), path.join(root, 'dangling-out.png'));
  await symlink(path.join(root, 'a.png'), path.join(root, 'link-in.png'));
  await symlink(path.join(root, 'loop-b'), path.join(root, 'loop-a'));
  await symlink(path.join(root, 'loop-a'), path.join(root, 'loop-b'));
  await symlink(root, path.join(top, 'way-in'));
});

afterAll(() => rm(top, { recursive: true }));

async function outcomeOf(candidate: string): Promise<string> {
  return access.check(candidate).then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  );
}

test('what lies under a root passes, with the path as the index knows it and the one to open', async () => {
  expect(await access.check(`${root}/sub/../a.png`)).toMatchObject({
    path: path.join(root, 'a.png'),
    realPath: path.join(root, 'a.png'),
  });
  expect(await access.check(path.join(top, 'way-in', 'a.png'))).toMatchObject({
    path: path.join(top, 'way-in', 'a.png'),
    realPath: path.join(root, 'a.png'),
  });
  expect(await outcomeOf(path.join(root, 'link-in.png'))).toBe('allowed');
  expect(await outcomeOf(path.join(root, 'not-there', 'yet.png'))).toBe('allowed');
});

test.each([
  ['a neighbour whose name begins alike', 'library-private'],
  ['what climbs out', 'library/../secret.png'],
  ['a link that leads out', 'library/link-out.png'],
  ['a dangling link that would lead out', 'library/dangling-out.png'],
  ['the parent', '.'],
])('%s is refused', async (_, candidate) => {
  expect(await outcomeOf(`${top}/${candidate}`)).toBe('outside-allowed-folders');
});

test('below a file there is nothing, inside the roots as outside of them', async () => {
  const below = path.join(root, 'a.png', 'x');
  expect(await access.check(below)).toMatchObject({ path: below, realPath: below });
  expect(await outcomeOf(path.join(top, 'secret.png', 'x'))).toBe('outside-allowed-folders');
  expect(await outcomeOf(path.join(root, 'link-out.png', 'x'))).toBe('outside-allowed-folders');
});

test('a loop of links and a name that is too long are named, not followed', async () => {
  expect(await outcomeOf(path.join(root, 'loop-a'))).toBe('link-loop');
  expect(await outcomeOf(path.join(root, 'x'.repeat(300)))).toBe('path-too-long');
  expect(await outcomeOf('/a\0b')).toBe('empty-path');
});

test('what is not there is looked for down to the first name that is missing', async () => {
  const deep = ['not-there', ...Array.from({ length: 1500 }, () => 'x')].join('/');
  await access.check(path.join(root, 'sub', deep));
  const depth = path.join(root, 'sub').split(path.sep).length;
  const { requests, outcome } = await countingRequests(() => outcomeOf(path.join(root, 'sub', deep)));
  expect(outcome).toBe('allowed');
  // The path as a whole, each folder that is there, the first that is not, and the folder above it.
  expect(requests).toBeLessThanOrEqual(depth + 3);
});

test('a name that no file system has is refused without asking one', async () => {
  const name = `${root}/not-there/${'\u732b'.repeat(256)}/a.png`;
  expect(await countingRequests(() => outcomeOf(name))).toEqual({ requests: 0, outcome: 'path-too-long' });
  expect(await outcomeOf(path.join(root, 'not-there', '\u732b'.repeat(255)))).toBe('allowed');
});

test('a dangling link is followed as far as there is something, wherever it stands', async () => {
  await symlink('../library/sub/not-there', path.join(root, 'dangling-in'));
  const below = path.join(root, 'dangling-in', 'x', 'y.png');
  expect(await access.check(below)).toMatchObject({
    path: below,
    realPath: path.join(root, 'sub', 'not-there', 'x', 'y.png'),
  });
  await symlink('not-there/../../secret.png', path.join(root, 'dangling-back'));
  expect(await outcomeOf(path.join(root, 'dangling-back'))).toBe('outside-allowed-folders');
  await symlink('not-there/../link-out.png', path.join(root, 'dangling-twice'));
  expect(await outcomeOf(path.join(root, 'dangling-twice'))).toBe('outside-allowed-folders');
});

test('a check ends when its signal aborts, whatever is left of the path', async () => {
  const aborting = new AbortController();
  const during = accessDuring(aborting.signal, access);
  const deep = [root, ...Array.from({ length: 200 }, (_, level) => `level-${level}`)];
  await mkdir(deep.slice(0, 100).join('/'), { recursive: true });
  const { requests, outcome } = await countingRequests(async () => {
    const checks = Array.from({ length: 200 }, () => during.checkListing(deep.join('/')));
    aborting.abort(new Error('gone'));
    return Promise.allSettled(checks);
  });
  expect(outcome.map((settled) => settled.status === 'rejected' && settled.reason.message)).toEqual(
    outcome.map(() => 'gone'),
  );
  expect(requests).toBeLessThanOrEqual(200);
  const after = await countingRequests(() => during.check(root).catch((error: Error) => error.message));
  expect(after).toEqual({ requests: 0, outcome: 'gone' });
});

/** What something asks of the file system, in requests to the thread pool. */
async function countingRequests<Outcome>(
  action: () => Promise<Outcome>,
): Promise<{ requests: number; outcome: Outcome }> {
  let requests = 0;
  const hook = createHook({ init: (_, type) => void (requests += Number(type === 'FSREQPROMISE')) });
  hook.enable();
  try {
    const outcome = await action();
    return { requests, outcome };
  } finally {
    hook.disable();
  }
}

test('a relative path counts from the working folder', async () => {
  expect(await outcomeOf('package.json')).toBe('outside-allowed-folders');
  expect((await unrestrictedAccess().check('package.json')).path).toBe(path.resolve('package.json'));
});

test('ancestors can be listed, and of their entries only those that lead to a root show', async () => {
  expect(await access.checkListing(top)).toMatchObject({ path: top, inside: false });
  expect(await access.checkListing(root)).toMatchObject({ path: root, inside: true });
  expect(access.leadsToRoot(root)).toBe(true);
  expect(access.leadsToRoot(path.join(top, 'library-private'))).toBe(false);
  await expect(access.checkListing(path.join(top, 'library-private'))).rejects.toMatchObject({
    code: 'outside-allowed-folders',
  });
});

test('a link that leads out cannot be listed, unless to an ancestor of a root', async () => {
  await symlink(path.join(top, 'library-private'), path.join(root, 'folder-out'));
  await symlink(top, path.join(root, 'up'));
  await expect(access.checkListing(path.join(root, 'folder-out'))).rejects.toMatchObject({
    code: 'outside-allowed-folders',
  });
  await expect(access.checkListing(path.join(root, 'link-out.png'))).rejects.toMatchObject({
    code: 'outside-allowed-folders',
  });
  expect(await access.checkListing(path.join(root, 'up'))).toMatchObject({ realPath: top, inside: false });
});

test('no path leaves its root, whatever it is made of', async () => {
  const segment = fc.oneof(
    fc.constantFrom('..', '.', '', 'sub', 'link-out.png', 'way-in', 'library', 'secret.png', '...', '~'),
    fc.string({ maxLength: 8 }),
  );
  const checked = fc.assert(
    fc.asyncProperty(fc.array(segment, { maxLength: 8 }), async (segments) => {
      const allowed = await access.check(`${root}/${segments.join('/')}`).catch(() => undefined);
      return allowed === undefined || isWithin(allowed.realPath, root);
    }),
    { numRuns: 500 },
  );
  await expect(checked).resolves.toBeUndefined();
});
