/**
 * The most thumbnails fetched at once. A browser opens six connections to a server, of which live events use one, and a
 * search must not queue behind thumbnails: under load some take half a second to create.
 */
const MAX_CONCURRENT = 4;

const waiting = new Set<() => void>();
let taken = 0;

/**
 * Calls back, now or later, when a thumbnail may be fetched. Returns a function that releases the slot or leaves the
 * queue; to be called when the thumbnail has loaded or failed, and when it is no longer needed.
 */
export function acquireImageFetchSlot(start: () => void): () => void {
  let state: 'waiting' | 'fetching' | 'over' = 'waiting';
  const begin = () => {
    state = 'fetching';
    taken += 1;
    start();
  };
  if (taken < MAX_CONCURRENT) begin();
  else waiting.add(begin);
  return () => {
    waiting.delete(begin);
    const wasFetching = state === 'fetching';
    state = 'over';
    if (!wasFetching) return;
    taken -= 1;
    const [next] = waiting;
    if (next === undefined) return;
    waiting.delete(next);
    next();
  };
}
