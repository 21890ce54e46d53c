/** The reach of one call: ends when one of its signals aborts or its time is up, with that one's reason. */
export interface AbortScope {
  readonly signal: AbortSignal;
  /** Lets the call take as long as it likes from now on. */
  readonly stopClock: () => void;
  /** Lets go of signals and clock. */
  readonly close: () => void;
}

interface Followers {
  readonly controllers: Set<AbortController>;
  readonly listener: () => void;
}

/** One listener for a signal, however many calls share it: Node warns of more than ten. */
const followersOf = new WeakMap<AbortSignal, Followers>();

export function openScope(
  signals: readonly (AbortSignal | undefined)[],
  clock?: { readonly milliseconds: number; readonly reason: () => unknown },
): AbortScope {
  const controller = new AbortController();
  const given = signals.filter((signal) => signal !== undefined);
  const unfollow = given.map((signal) => follow(signal, controller));
  const timer =
    clock === undefined || clock.milliseconds === 0
      ? undefined
      : setTimeout(() => controller.abort(clock.reason()), clock.milliseconds);
  const stopClock = (): void => clearTimeout(timer);
  return {
    signal: controller.signal,
    stopClock,
    close() {
      stopClock();
      for (const stop of unfollow) stop();
    },
  };
}

function follow(signal: AbortSignal, controller: AbortController): () => void {
  if (signal.aborted) {
    controller.abort(signal.reason);
    return () => undefined;
  }
  const followers = followersOf.get(signal) ?? startFollowing(signal);
  followers.controllers.add(controller);
  return () => {
    if (!followers.controllers.delete(controller) || followers.controllers.size > 0) return;
    signal.removeEventListener('abort', followers.listener);
    followersOf.delete(signal);
  };
}

function startFollowing(signal: AbortSignal): Followers {
  const controllers = new Set<AbortController>();
  const listener = (): void => {
    for (const controller of controllers) controller.abort(signal.reason);
  };
  const followers = { controllers, listener };
  signal.addEventListener('abort', listener, { once: true });
  followersOf.set(signal, followers);
  return followers;
}
