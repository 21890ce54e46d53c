/**
 * How many pictures are fetched at once. Browsers open six connections to a server, live events hold one, and a search
 * must not wait until a picture is made: some take half a second when many are.
 */
const MOST = 4;

const waiting = new Set<() => void>();
let taken = 0;

/**
 * Calls back, at once or later, when a picture may be fetched. The answer gives the place back, or leaves the queue; to
 * be called when the picture came or failed, and when nobody wants it any more.
 */
export function acquireImageFetchSlot(fetchIt: () => void): () => void {
  let state: 'waiting' | 'fetching' | 'over' = 'waiting';
  const begin = () => {
    state = 'fetching';
    taken += 1;
    fetchIt();
  };
  if (taken < MOST) begin();
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
