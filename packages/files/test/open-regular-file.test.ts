import { closeSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import {
  Confinement,
  type FileAccessErrorCode,
  isFileAccessError,
  openRegularFile,
  openRegularFileSync,
  type OpenFileOptions,
  readSmallFile,
  readSmallFileSync,
  type ReadSmallFileOptions,
} from '../src/index.ts';
import { bytesOf } from '../src/file-path.ts';
import { placeByIdentity } from '../src/real-place.ts';
import { makePipe, makeSocket, temporaryFolder } from './helpers/odd-entries.ts';

/** How each of the two says that it opens no such thing: a code, or the content where it does. */
async function opened(path: string | Buffer, options: OpenFileOptions = {}): Promise<string> {
  const sync = await outcome(() => openRegularFileSync(path, options).descriptor);
  expect(await outcome(async () => (await openRegularFile(path, options)).descriptor)).toBe(sync);
  return sync;
}

async function outcome(open: () => number | Promise<number>): Promise<string> {
  try {
    const descriptor = await open();
    const text = readFileSync(descriptor, 'utf8');
    closeSync(descriptor);
    return text;
  } catch (error) {
    return (error as { code: FileAccessErrorCode }).code;
  }
}

const isWindows = process.platform === 'win32';

describe.skipIf(isWindows)('what is no regular file is not opened, and nobody waits for it', () => {
  test('a pipe without a writer', async () => {
    expect(await opened(makePipe(join(temporaryFolder(), 'x.txt')))).toBe('not-a-file');
  });

  test('a socket', async () => {
    expect(await opened(await makeSocket(join(temporaryFolder(), 'x.txt')))).toBe('not-a-file');
  });

  test('a device', async () => {
    expect(await opened('/dev/zero')).toBe('not-a-file');
  });

  test('a folder', async () => {
    expect(await opened(temporaryFolder())).toBe('is-directory');
  });

  test.each(['pipe', '/dev/zero'])('a link to %s that may be followed', async (target) => {
    const folder = temporaryFolder();
    if (target === 'pipe') makePipe(join(folder, 'pipe'));
    symlinkSync(target, join(folder, 'x.txt'));
    expect(await opened(join(folder, 'x.txt'), { followLink: true })).toBe('not-a-file');
  });
});

describe.skipIf(isWindows)('links', () => {
  test('the last name is no link unless that is allowed', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.txt'), 'content');
    symlinkSync('a.txt', join(folder, 'b.txt'));
    expect(await opened(join(folder, 'b.txt'))).toBe('ELOOP');
    expect(await opened(join(folder, 'b.txt'), { followLink: true })).toBe('content');
  });

  test('what really lies outside is not opened, by whatever link it is reached', async () => {
    const folder = temporaryFolder();
    for (const name of ['library', 'library-2']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'library', 'in.txt'), 'inside');
    writeFileSync(join(folder, 'library-2', 'out.txt'), 'outside');
    symlinkSync('../library-2/out.txt', join(folder, 'library', 'file-link.txt'));
    symlinkSync('../library-2', join(folder, 'library', 'folder-link'));
    symlinkSync('in.txt', join(folder, 'library', 'inner-link.txt'));
    const within = new Confinement([join(folder, 'library')]);
    const inLibrary = (name: string) => opened(join(folder, 'library', name), { within, followLink: true });
    expect(await inLibrary('in.txt')).toBe('inside');
    expect(await inLibrary('inner-link.txt')).toBe('inside');
    expect(await inLibrary('file-link.txt')).toBe('outside');
    expect(await inLibrary('folder-link/out.txt')).toBe('outside');
    expect(await opened('/proc/self/environ', { within })).toMatch(/^(?:outside|ENOENT)$/);
  });

  test.skipIf(process.platform !== 'linux')(
    'names that are not UTF-8 are compared by their bytes',
    async () => {
      const folder = Buffer.from(temporaryFolder());
      const named = (byte: number) => Buffer.concat([folder, Buffer.from([0x2f, byte])]);
      const [one, other] = [named(0xff), named(0xfe)];
      for (const path of [one, other]) {
        mkdirSync(path);
        writeFileSync(Buffer.concat([path, Buffer.from('/a')]), 'content');
      }
      const within = new Confinement([one]);
      expect(await opened(Buffer.concat([one, Buffer.from('/a')]), { within })).toBe('content');
      expect(await opened(Buffer.concat([other, Buffer.from('/a')]), { within })).toBe('outside');
    },
  );
});

describe('where the system does not say where an open file is', () => {
  it('tells its place by its identity', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.txt');
    writeFileSync(path, 'content');
    const { descriptor } = openRegularFileSync(path);
    expect(placeByIdentity(descriptor, path)).toBe(bytesOf(path));
    closeSync(descriptor);
  });

  it('sees that another file is in its place', () => {
    const folder = temporaryFolder();
    for (const name of ['a.txt', 'b.txt']) writeFileSync(join(folder, name), name);
    const { descriptor } = openRegularFileSync(join(folder, 'a.txt'));
    expect(() => placeByIdentity(descriptor, join(folder, 'b.txt'))).toThrow(
      expect.objectContaining({ name: 'FileAccessError', code: 'changed' }),
    );
    closeSync(descriptor);
  });
});

describe('a small file', () => {
  async function read(path: string, options: ReadSmallFileOptions): Promise<string> {
    const text = (bytes: Buffer) => bytes.toString();
    const failed = (error: unknown) => (isFileAccessError(error) ? error.code : String(error));
    const sync = (() => {
      try {
        return text(readSmallFileSync(path, options));
      } catch (error) {
        return failed(error);
      }
    })();
    expect(await readSmallFile(path, options).then(text, failed)).toBe(sync);
    return sync;
  }

  test('is read whole up to the limit, and refused above it', async () => {
    const path = join(temporaryFolder(), 'a.txt');
    writeFileSync(path, 'x'.repeat(10_000));
    expect(await read(path, { maxBytes: 10_000 })).toBe('x'.repeat(10_000));
    expect(await read(path, { maxBytes: 9999 })).toBe('too-large');
    writeFileSync(path, '');
    expect(await read(path, { maxBytes: 0 })).toBe('');
  });

  test.skipIf(process.platform !== 'linux')(
    'is bounded by what comes, not by what it says of its size',
    async () => {
      // Says that it has no bytes, as everything there.
      expect(await read('/proc/self/cmdline', { maxBytes: 100_000 })).toContain('node');
      expect(await read('/proc/self/maps', { maxBytes: 5000 })).toBe('too-large');
    },
  );
});
