import { Refusal } from '../ports/refusal.ts';
import { createFeed, type Feed, type FeedOptions } from './feed.ts';

/** Most streams that are open at once. */
export const MAX_STREAMS = 256;

/** The feeds that somebody reads. */
export interface FeedSet {
  /** Throws a `Refusal` when too many are open. */
  open<T>(options: FeedOptions<T>): Feed<T>;
  end(): void;
}

export function createFeedSet(): FeedSet {
  const feeds = new Set<Pick<Feed<unknown>, 'end'>>();
  return {
    open<T>(options: FeedOptions<T>) {
      if (feeds.size >= MAX_STREAMS) throw new Refusal('too-many-streams', { limit: MAX_STREAMS });
      const feed = createFeed<T>({
        ...options,
        onClose() {
          feeds.delete(feed);
          options.onClose();
        },
      });
      feeds.add(feed);
      return feed;
    },
    end() {
      for (const feed of feeds) feed.end();
    },
  };
}
