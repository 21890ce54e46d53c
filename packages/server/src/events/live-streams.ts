import { createFeedSet } from './feed-set.ts';
import { openJobStream } from './job-stream.ts';
import type { JobChange, LibraryEvent, StreamedEvent } from './library-event.ts';
import { LibraryStreams, type LibraryStreamParts } from './library-streams.ts';

/** Streams of what happens. All throw a `Refusal` when too many are open. */
export interface LiveStreams {
  /** All jobs, or one until it is over. */
  jobs(id: string | undefined): AsyncIterable<StreamedEvent<JobChange>>;
  /** What changes in the library, from a cursor on or from now. */
  library(cursor: string | undefined): AsyncIterable<StreamedEvent<LibraryEvent>>;
  /** Where a stream of the library is now: one that is opened from here misses nothing that happens until then. */
  cursor(): string;
  close(): void;
}

export function createLiveStreams(parts: LibraryStreamParts): LiveStreams {
  const feeds = createFeedSet();
  const library = new LibraryStreams(parts, feeds);
  return {
    jobs: (id) => openJobStream(id, parts.jobs, feeds),
    library: (cursor) => library.open(cursor),
    cursor: () => library.cursor(),
    close() {
      library.close();
      feeds.end();
    },
  };
}
