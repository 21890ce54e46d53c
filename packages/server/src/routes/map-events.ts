import type { ServerEvent } from '@iib-kit/contract';

import type { StreamedEvent } from '../events/library-event.ts';

/**
 * Events as the contract has them. Not a generator: one that waits for an event would not hear of the end of its
 * reading until the event comes.
 */
export function mapEvents<From, To>(
  events: AsyncIterable<StreamedEvent<From>>,
  toResponse: (event: From) => To,
): AsyncIterable<ServerEvent<To>> {
  return {
    [Symbol.asyncIterator]() {
      const source = events[Symbol.asyncIterator]();
      return {
        async next() {
          const { done, value } = await source.next();
          if (done === true) return { done, value: undefined };
          const { event, ...named } = value;
          return { done: false, value: { ...named, event: toResponse(event) } };
        },
        async return() {
          await source.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
