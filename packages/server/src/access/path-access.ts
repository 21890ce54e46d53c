import path from 'node:path';

import { spellPath, systemPath } from '@iib-kit/catalog';
import { Confinement } from '@iib-kit/files';

import { Refusal } from '../ports/refusal.ts';
import { resolveLinks } from './resolve-links.ts';

/** A path from outside that may be used. */
export interface AllowedPath {
  /** Absolute and normalised, as the index knows it. */
  readonly path: string;
  /** Symbolic links resolved: what to open. For a path that is not there, its nearest parent that is, resolved. */
  readonly realPath: string;
  /** Where what is opened must really lie, whatever was changed since the check; undefined where that is anywhere. */
  readonly within: Confinement | undefined;
}

/** Decides which paths a request may touch. */
export interface PathAccess {
  /**
   * Throws a `Refusal` 403 for a path outside the roots, 400 for one that no file can have, or whose name or whose
   * target's name is not UTF-8. Rejects with the signal's reason when that aborts.
   */
  check(untrusted: string, signal?: AbortSignal): Promise<AllowedPath>;
  /** Like `check`, but lets names pass that are not UTF-8: give `systemPath(realPath)` to the file system. */
  checkSpelled(untrusted: string, signal?: AbortSignal): Promise<AllowedPath>;
  /** Like `check`, but lets ancestors of the roots pass, whose listing must then be filtered by `leadsToRoot`, and names that are not UTF-8. */
  checkListing(untrusted: string, signal?: AbortSignal): Promise<AllowedPath & { readonly inside: boolean }>;
  /** Whether an absolute path is a root, lies inside one, or leads to one. Links are not resolved. */
  leadsToRoot(absolute: string): boolean;
  /** Whether an absolute path lies inside a root. Links are not resolved. */
  contains(absolute: string): boolean;
  /** The folders that may be touched; undefined where all may. */
  roots(): readonly string[] | undefined;
  /** The same for what opens files: where they must really lie. */
  confinement(): Promise<Confinement | undefined>;
}

/** How long the roots are taken to be where they were, in milliseconds. */
const ROOTS_KEPT = 1000;

/** Access to what lies under the folders that `roots` tells at the time of asking. */
export function restrictedAccess(roots: () => readonly string[]): PathAccess {
  const resolvedRoots = resolvedFor(ROOTS_KEPT, roots);
  const leadsToRoot = (absolute: string) =>
    roots().some((root) => isWithin(absolute, root) || isWithin(root, absolute));
  const checkSpelled = async (untrusted: string, signal?: AbortSignal): Promise<AllowedPath> => {
    const located = await locate(untrusted, signal);
    const { folders, within } = await resolvedRoots();
    if (folders.some((root) => isWithin(located.realPath, root))) return { ...located, within };
    throw new Refusal('outside-allowed-folders', { path: untrusted });
  };

  return {
    check: async (untrusted, signal) => requireText(await checkSpelled(untrusted, signal)),
    checkSpelled,
    async checkListing(untrusted, signal) {
      const located = await locate(untrusted, signal);
      const { folders, within } = await resolvedRoots();
      if (folders.some((root) => isWithin(located.realPath, root)))
        return { ...located, within, inside: true };
      // By where it really is: a link in a root can lead anywhere.
      if (folders.some((root) => isWithin(root, located.realPath)))
        return { ...located, within, inside: false };
      throw new Refusal('outside-allowed-folders', { path: untrusted });
    },
    leadsToRoot,
    contains: (absolute) => roots().some((root) => isWithin(absolute, root)),
    roots,
    confinement: async () => (await resolvedRoots()).within,
  };
}

/** Access to everything that the process can read. */
export function unrestrictedAccess(): PathAccess {
  const anywhere = async (untrusted: string, signal?: AbortSignal) => ({
    ...(await locate(untrusted, signal)),
    within: undefined,
  });
  return {
    check: async (untrusted, signal) => requireText(await anywhere(untrusted, signal)),
    checkSpelled: anywhere,
    checkListing: async (untrusted, signal) => ({ ...(await anywhere(untrusted, signal)), inside: true }),
    leadsToRoot: () => true,
    contains: () => true,
    roots: () => undefined,
    confinement: async () => undefined,
  };
}

interface ResolvedRoots {
  readonly folders: readonly string[];
  readonly within: Confinement;
}

/**
 * The folders with their links resolved; those that cannot be are left out. Roots change when their owner links them
 * elsewhere, paths whenever somebody may write: paths are resolved each time, roots when there are others and after a while.
 */
function resolvedFor(milliseconds: number, roots: () => readonly string[]): () => Promise<ResolvedRoots> {
  let of: readonly string[] | undefined;
  let until = 0;
  let resolved: Promise<ResolvedRoots> = resolveAll([]);
  return () => {
    const now = performance.now();
    const asked = roots();
    if (asked !== of || now > until) {
      of = asked;
      until = now + milliseconds;
      resolved = resolveAll(asked);
    }
    return resolved;
  };
}

async function resolveAll(roots: readonly string[]): Promise<ResolvedRoots> {
  const resolved = await Promise.all(roots.map((root) => resolveLinks(root).catch(() => undefined)));
  const folders = resolved.filter((root) => root !== undefined);
  return { folders, within: new Confinement(folders.map(systemPath)) };
}

/** Whether `child` is `parent` or lies below it, by path segments. Both absolute and normalised. */
export function isWithin(child: string, parent: string): boolean {
  if (!child.startsWith(parent)) return false;
  return child.length === parent.length || child[parent.length] === path.sep || parent.endsWith(path.sep);
}

async function locate(
  untrusted: string,
  signal: AbortSignal | undefined,
): Promise<Omit<AllowedPath, 'within'>> {
  if (untrusted === '' || untrusted.includes('\0')) throw new Refusal('empty-path', {});
  const absolute = spelledPath(untrusted);
  return { path: absolute, realPath: await resolveLinks(absolute, signal) };
}

/** An absolute path, spelled as the index does: the same bytes can be spelled in several ways. */
export function spelledPath(untrusted: string): string {
  return spelled(systemPath(path.resolve(untrusted)));
}

function spelled(name: string | Buffer): string {
  return typeof name === 'string' ? name : spellPath(name);
}

/** For those who give a path to the file system as it is. */
function requireText(allowed: AllowedPath): AllowedPath {
  if (typeof systemPath(allowed.path) === 'string' && typeof systemPath(allowed.realPath) === 'string')
    return allowed;
  throw new Refusal('name-not-utf8', { path: allowed.path });
}
