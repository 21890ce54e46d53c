import type { IndexChange } from '@iib-kit/catalog';

import type { PathAccess } from '../access/path-access.ts';
import type { JobState } from '../jobs/job-state.ts';

/** A change of a job. */
export interface JobChange {
  readonly kind: 'job';
  readonly job: JobState;
}

/** Something that happened in the library. */
export type LibraryEvent =
  | IndexChange
  | JobChange
  | { readonly kind: 'folders'; readonly unavailable: readonly string[] }
  | { readonly kind: 'ready'; readonly cursor: string }
  | { readonly kind: 'reset'; readonly cursor: string; readonly reason: 'unknown-cursor' | 'too-slow' };

/** An event as a stream has it; with an id where a reader can come back to it. */
export interface StreamedEvent<Event> {
  readonly id?: string;
  readonly event: Event;
}

/** How many paths an event carries. */
export function countPaths(event: LibraryEvent): number {
  switch (event.kind) {
    case 'images':
      return event.added.length + event.changed.length + event.removed.length + 2 * event.moved.length;
    case 'tags':
      return event.paths?.length ?? 0;
    case 'annotations':
      return event.paths.length;
    case 'folders':
      return event.unavailable.length;
    default:
      return 0;
  }
}

/** What may be told of an event: paths in the allowed folders only. Undefined when nothing is left. */
export function withinAccess(
  event: LibraryEvent,
  { contains }: Pick<PathAccess, 'contains'>,
): LibraryEvent | undefined {
  switch (event.kind) {
    case 'images':
      return imagesWithinAccess(event, contains);
    case 'tags': {
      if (event.paths === undefined) return event;
      const paths = event.paths.filter(contains);
      return paths.length === 0 ? undefined : { ...event, paths };
    }
    case 'annotations': {
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
  event: Extract<LibraryEvent, { kind: 'images' }>,
  contains: (path: string) => boolean,
): LibraryEvent | undefined {
  const cameIn = event.moved.filter(({ from, to }) => !contains(from) && contains(to));
  const wentOut = event.moved.filter(({ from, to }) => contains(from) && !contains(to));
  const seen: LibraryEvent = {
    kind: 'images',
    added: [...event.added.filter(contains), ...cameIn.map(({ to }) => to)],
    changed: event.changed.filter(contains),
    removed: [...event.removed.filter(contains), ...wentOut.map(({ from }) => from)],
    moved: event.moved.filter(({ from, to }) => contains(from) && contains(to)),
  };
  return countPaths(seen) === 0 ? undefined : seen;
}
