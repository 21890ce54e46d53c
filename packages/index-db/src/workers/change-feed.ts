import type { IndexChange, IndexListener } from '@iib-kit/catalog';
import type { MethodCaller, SupervisedWorker } from '@iib-kit/threads';
import type { WriterMethods } from './writer-methods.ts';

/** Notifies listeners of what the writing thread has written. */
export interface ChangeFeed {
  subscribe(listener: IndexListener): () => void;
  /** Waits until listeners were notified of everything that was written so far. */
  flushed(): Promise<void>;
  /** Has a thread that took the place of another say what it writes, where anybody listens. */
  resume(writer: MethodCaller<WriterMethods>): void;
  close(): void;
}

export function createChangeFeed(writer: SupervisedWorker<WriterMethods>): ChangeFeed {
  // A wrapper each, so that a function that subscribes twice is called twice and leaves once at a time.
  const subscriptions = new Set<{ readonly listener: IndexListener }>();

  function follow(thread: MethodCaller<WriterMethods>, isFollowed: boolean): void {
    // It fails only where the thread has ended, and then the next one is told.
    thread.call('follow', isFollowed).catch(() => {});
  }

  writer.onEvent((event) => {
    for (const { listener } of subscriptions) {
      try {
        listener(event as IndexChange);
      } catch (error) {
        // The listener's own fault, which must not keep the others from hearing of the change.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  });

  return {
    subscribe(listener) {
      const subscription = { listener };
      if (subscriptions.size === 0) follow(writer, true);
      subscriptions.add(subscription);
      return () => {
        if (subscriptions.delete(subscription) && subscriptions.size === 0) follow(writer, false);
      };
    },
    async flushed() {
      // Its answer comes after all that the thread has sent before.
      if (subscriptions.size > 0) await writer.ready();
    },
    resume(thread) {
      if (subscriptions.size > 0) follow(thread, true);
    },
    close: () => subscriptions.clear(),
  };
}
