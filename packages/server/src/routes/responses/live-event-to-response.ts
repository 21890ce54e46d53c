import type { JobEvent, LiveEvent } from '@iib-kit/contract';

import type { JobChange, LibraryEvent } from '../../events/library-event.ts';
import { type KnownPaths, jobToResponse } from './job-to-response.ts';

export function jobChangeToResponse({ job }: JobChange, access: KnownPaths): JobEvent {
  return { type: 'job', job: jobToResponse(job, access) };
}

/** An event of the library as it travels. */
export function liveEventToResponse(event: LibraryEvent, access: KnownPaths): LiveEvent {
  switch (event.kind) {
    case 'images': {
      const { added, changed, removed, moved } = event;
      return {
        type: 'images',
        added: [...added],
        changed: [...changed],
        removed: [...removed],
        moved: moved.map(({ from, to }) => ({ from, to })),
      };
    }
    case 'tags': {
      const { paths, tagIds } = event;
      return { type: 'tags', paths: paths === undefined ? null : [...paths], tag_ids: [...tagIds] };
    }
    case 'annotations':
      return { type: 'marks', paths: [...event.paths] };
    case 'folders':
      return { type: 'folders', unavailable: [...event.unavailable] };
    case 'job':
      return jobChangeToResponse(event, access);
    case 'ready':
      return { type: 'ready', cursor: event.cursor };
    case 'reset':
      return { type: 'reset', cursor: event.cursor, reason: event.reason };
    default:
      return event satisfies never;
  }
}
