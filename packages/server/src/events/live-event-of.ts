import type { LiveEvent } from '@iib-kit/contract';

import type { PathAccess } from '../access/path-access.ts';
import type { IndexChange } from '@iib-kit/catalog';

/** A change of the index as it travels. */
export function liveEventOf(change: IndexChange): LiveEvent {
  switch (change.kind) {
    case 'images': {
      const { added, changed, removed, moved } = change;
      return {
        type: 'images',
        added: [...added],
        changed: [...changed],
        removed: [...removed],
        moved: moved.map(({ from, to }) => ({ from, to })),
      };
    }
    case 'tags':
      return {
        type: 'tags',
        paths: change.paths === undefined ? null : [...change.paths],
        tag_ids: [...change.tagIds],
      };
    case 'annotations':
      return { type: 'marks', paths: [...change.paths] };
    default:
      return change satisfies never;
  }
}

/** How many paths an event carries. */
export function countPaths(event: LiveEvent): number {
  switch (event.type) {
    case 'images':
      return event.added.length + event.changed.length + event.removed.length + 2 * event.moved.length;
    case 'tags':
      return event.paths?.length ?? 0;
    case 'marks':
      return event.paths.length;
    case 'folders':
      return event.unavailable.length;
    default:
      return 0;
  }
}

/** What may be told of an event: paths in the allowed folders only. Undefined when nothing is left. */
export function withinAccess(
  event: LiveEvent,
  { contains }: Pick<PathAccess, 'contains'>,
): LiveEvent | undefined {
  switch (event.type) {
    case 'images':
      return imagesWithinAccess(event, contains);
    case 'tags': {
      if (event.paths === null) return event;
      const paths = event.paths.filter(contains);
      return paths.length === 0 ? undefined : { ...event, paths };
    }
    case 'marks': {
      const paths = event.paths.filter(contains);
      return paths.length === 0 ? undefined : { ...event, paths };
    }
    case 'folders':
      return { ...event, unavailable: event.unavailable.filter(contains) };
    default:
      return event;
  }
}

/** An image that moves in came, and one that moves out went. */
function imagesWithinAccess(
  event: Extract<LiveEvent, { type: 'images' }>,
  contains: (path: string) => boolean,
): LiveEvent | undefined {
  const cameIn = event.moved.filter(({ from, to }) => !contains(from) && contains(to));
  const wentOut = event.moved.filter(({ from, to }) => contains(from) && !contains(to));
  const seen: LiveEvent = {
    type: 'images',
    added: [...event.added.filter(contains), ...cameIn.map(({ to }) => to)],
    changed: event.changed.filter(contains),
    removed: [...event.removed.filter(contains), ...wentOut.map(({ from }) => from)],
    moved: event.moved.filter(({ from, to }) => contains(from) && contains(to)),
  };
  return countPaths(seen) === 0 ? undefined : seen;
}
