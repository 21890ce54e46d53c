import { readlink, realpath } from 'node:fs/promises';
import path from 'node:path';

import { spellPath, systemPath } from '@iib-kit/catalog';

import { errorCode } from '../ports/error-code.ts';
import { Refusal } from '../ports/refusal.ts';

/** Characters of a name, in UTF-16: no file system has longer ones. Some allow fewer, and count bytes. */
const MAX_NAME = 255;
/** Links that a path may lead through; Linux follows as many. */
const MAX_LINKS = 40;

/**
 * Like `realpath`, but of a path that is not there resolves as much as is, dangling links included. What is not there is
 * looked for from the top down, so that below the first name that is missing nothing is asked of the file system.
 */
export async function resolveLinks(absolute: string, signal?: AbortSignal): Promise<string> {
  refuseLongNames(absolute);
  signal?.throwIfAborted();
  return (await realPathOf(absolute)) ?? resolveExisting(absolute, signal);
}

async function resolveExisting(absolute: string, signal: AbortSignal | undefined): Promise<string> {
  let { root: folder } = path.parse(absolute);
  const names = namesOf(absolute);
  let links = 0;
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    signal?.throwIfAborted();
    const found = await lookAt(path.join(folder, name));
    if (found === 'missing') {
      // As the file system writes the names that are there, where it takes them in any case.
      return path.join((await realPathOf(folder)) ?? folder, name, ...names);
    }
    if (found === 'no-link') {
      folder = path.join(folder, name);
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) throw new Refusal('link-loop', { path: absolute });
    const target = path.resolve(folder, found.target);
    folder = path.parse(target).root;
    names.unshift(...namesOf(target));
  }
  return (await realPathOf(folder)) ?? folder;
}

/** Undefined where nothing is there. */
async function realPathOf(absolute: string): Promise<string | undefined> {
  try {
    return spellPath(await realpath(systemPath(absolute), 'buffer'));
  } catch (error) {
    const code = errorCode(error);
    if (isMissing(code)) return undefined;
    throw unusable(absolute, code);
  }
}

async function lookAt(absolute: string): Promise<'missing' | 'no-link' | { readonly target: string }> {
  try {
    return { target: spellPath(await readlink(systemPath(absolute), 'buffer')) };
  } catch (error) {
    return isMissing(errorCode(error)) ? 'missing' : 'no-link';
  }
}

function isMissing(code: string | undefined): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function namesOf(absolute: string): string[] {
  const { root } = path.parse(absolute);
  return absolute
    .slice(root.length)
    .split(path.sep)
    .filter((name) => name !== '');
}

function refuseLongNames(absolute: string): void {
  // Most paths are shorter than one name may be.
  if (absolute.length <= MAX_NAME) return;
  const isLong = namesOf(absolute).some((name) => systemPath(name).toString().length > MAX_NAME);
  if (isLong) throw new Refusal('path-too-long', { path: absolute });
}

function unusable(path: string, code = 'unknown'): Refusal {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return new Refusal('unreadable', { path });
    case 'ELOOP':
      return new Refusal('link-loop', { path });
    case 'ENAMETOOLONG':
      return new Refusal('path-too-long', { path });
    default:
      return new Refusal('unreachable', { path, code });
  }
}
