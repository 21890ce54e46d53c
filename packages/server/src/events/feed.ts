/** Most events that wait for a reader who is slow. */
export const MAX_WAITING_EVENTS = 1000;

/** Events that are pushed at one end and read as they come at the other. Reading may end at any time. */
export interface Feed<T> extends AsyncIterable<T> {
  push(event: T): void;
  /** Reading ends after what waits. */
  end(): void;
}

export interface FeedOptions<T> {
  /** Of the events with the same key only the latest waits; undefined keeps an event as it is. */
  readonly keyOf?: (event: T) => string | undefined;
  /** Takes the place of all that waits when there is too much of it. Default: the oldest is lost. */
  readonly overflow?: () => T;
  /** Called once, when nobody reads any more or the feed ended. */
  readonly onClose: () => void;
}

export function createFeed<T>({ keyOf, overflow, onClose }: FeedOptions<T>): Feed<T> {
  const waiting = new Map<string | symbol, T>();
  let reader: ((result: IteratorResult<T, undefined>) => void) | undefined;
  let isOver = false;

  const close = (): void => {
    if (isOver) return;
    isOver = true;
    onClose();
    reader?.({ done: true, value: undefined });
    reader = undefined;
  };
  const take = (): T | undefined => {
    const [first] = waiting;
    if (first === undefined) return undefined;
    waiting.delete(first[0]);
    return first[1];
  };

  return {
    push(event) {
      if (isOver) return;
      if (reader !== undefined) {
        reader({ done: false, value: event });
        reader = undefined;
        return;
      }
      const key = keyOf?.(event) ?? Symbol('event');
      // Removed first, so that what waits stays in the order in which it happened.
      waiting.delete(key);
      waiting.set(key, event);
      if (waiting.size <= MAX_WAITING_EVENTS) return;
      if (overflow === undefined) take();
      else {
        waiting.clear();
        waiting.set(Symbol('overflow'), overflow());
      }
    },
    end: close,
    [Symbol.asyncIterator]: () => ({
      async next() {
        const event = take();
        if (event !== undefined) return { done: false, value: event };
        if (isOver) return { done: true, value: undefined };
        return new Promise((resolve) => {
          reader = resolve;
        });
      },
      async return() {
        waiting.clear();
        close();
        return { done: true, value: undefined };
      },
    }),
  };
}
