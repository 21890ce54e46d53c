import path from 'node:path';

import { mediaKind } from '@iib-kit/metadata';

import { namesIn } from './names-in.ts';

/** What describes a picture or film beside it: prompts, settings, ratings. */
const sidecarExtensions = new Set(['.txt', '.json', '.xmp']);

/** Which files of one folder belong to which image. */
export interface Sidecars {
  /**
   * Names of the files that belong to a medium and to no other: `fox.png.txt` to `fox.png`, and `fox.txt` unless
   * another medium is called `fox` too that does not go along.
   */
  of(name: string, goesAlong: (otherName: string) => boolean): readonly string[];
}

export async function readSidecars(folder: string): Promise<Sidecars> {
  const sidecars = new Map<string, string[]>();
  const media = new Map<string, string[]>();
  for (const name of await namesIn(folder)) {
    const stem = stemOf(name);
    if (sidecarExtensions.has(path.extname(name).toLowerCase())) add(sidecars, stem, name);
    else if (mediaKind(name) !== undefined) add(media, stem, name);
  }
  return {
    of(name, goesAlong) {
      if (mediaKind(name) === undefined) return [];
      const stem = stemOf(name);
      const others = (media.get(stem) ?? []).filter((other) => other !== name);
      const byStem = others.every(goesAlong) ? (sidecars.get(stem) ?? []) : [];
      return [...(sidecars.get(name) ?? []), ...byStem];
    },
  };
}

/** The name of a sidecar when its medium gets another name. */
export function renamedSidecar(sidecar: string, medium: string, newMedium: string): string {
  return sidecar.startsWith(`${medium}.`)
    ? newMedium + sidecar.slice(medium.length)
    : stemOf(newMedium) + sidecar.slice(stemOf(medium).length);
}

export function stemOf(name: string): string {
  return name.slice(0, name.length - path.extname(name).length);
}

function add(lists: Map<string, string[]>, key: string, name: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [name]);
  else list.push(name);
}
