import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import { childPath, isWithin } from '../text/nested-path.ts';
import { systemPath } from '../text/system-path.ts';
import { mediaOfName } from './file-names.ts';
import { cacheTag, isPassedOver, noMediaMark } from './passed-over.ts';
import { realPathOrUndefined } from './real-path.ts';

/** What a walk has to know of the library to decide about a link in it. */
export interface LinkScope {
  /** The folders that the walk goes through. */
  readonly roots: readonly string[];
  /** Folders of the library that other walks go through. */
  readonly otherRoots?: readonly string[] | undefined;
  /** Where links may lead besides; nowhere unless given. */
  readonly linkTargets?: readonly string[] | 'anywhere' | undefined;
  readonly excludes?: ((path: string) => boolean) | undefined;
}

/**
 * - `followed`: to where the library may be extended
 * - `listed`: to what a walk lists by its real path
 * - `outside`: to where no link may lead
 * - `missing`: to nothing that can be reached
 */
export type LinkVerdict = 'followed' | 'listed' | 'outside' | 'missing';

interface Root {
  readonly path: string;
  readonly real: string;
}

/** Decides which links of a library are followed. */
export class LinkTargets {
  readonly #roots: readonly Root[];
  /** Undefined means anywhere. */
  readonly #allowed: readonly string[] | undefined;
  readonly #excludes: (path: string) => boolean;
  readonly #marked = new Map<string, boolean>();

  constructor({ roots, otherRoots = [], linkTargets = [], excludes = () => false }: LinkScope) {
    const realOf = (path: string): string => realPathOrUndefined(path) ?? path;
    this.#roots = [...roots, ...otherRoots].map((path) => ({ path, real: realOf(path) }));
    this.#allowed =
      linkTargets === 'anywhere'
        ? undefined
        : [...this.#roots.map(({ real }) => real), ...linkTargets.map(realOf)];
    this.#excludes = excludes;
  }

  /** What becomes of a link; `kind` is what it leads to. */
  judge(link: string, kind: 'file' | 'folder'): LinkVerdict {
    const target = realPathOrUndefined(link);
    if (target === undefined) return 'missing';
    if (this.lists(target, kind)) return 'listed';
    return this.#allows(target) ? 'followed' : 'outside';
  }

  /** Whether a link may lead where it does, be that listed or not. */
  allows(link: string): boolean {
    const target = realPathOrUndefined(link);
    return target !== undefined && this.#allows(target);
  }

  /** Whether a walk comes by a path without links, which need not be there. */
  lists(realPath: string, kind: 'file' | 'folder'): boolean {
    if (kind === 'file' && mediaOfName(realPath) === undefined) return false;
    return this.#roots.some((root) => this.#listsIn(root, realPath, kind));
  }

  #allows(target: string): boolean {
    return this.#allowed?.some((folder) => isWithin(target, folder)) ?? true;
  }

  #listsIn({ path: root, real }: Root, realPath: string, kind: 'file' | 'folder'): boolean {
    if (!isWithin(realPath, real)) return false;
    let path = root;
    let realFolder = real;
    const names = realPath
      .slice(real.length)
      .split(sep)
      .filter((name) => name !== '');
    if (this.#isMarked(real)) return false;
    for (const [position, name] of names.entries()) {
      const isFile = kind === 'file' && position === names.length - 1;
      path = childPath(path, name);
      realFolder = childPath(realFolder, name);
      if (this.#excludes(path)) return false;
      if (!isFile && (isPassedOver(name) || this.#isMarked(realFolder))) return false;
    }
    return true;
  }

  #isMarked(folder: string): boolean {
    const known = this.#marked.get(folder);
    if (known !== undefined) return known;
    const has = (name: string): boolean => existsSync(systemPath(childPath(folder, name)));
    const isRoot = this.#roots.some(({ real }) => real === folder);
    const isMarked = has(cacheTag) || (!isRoot && has(noMediaMark));
    this.#marked.set(folder, isMarked);
    return isMarked;
  }
}
