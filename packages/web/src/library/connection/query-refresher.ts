import type { Query, QueryClient } from '@tanstack/solid-query';

/**
 * Makes a function that refetches active queries by the first element of their keys. A fetch in flight may predate the
 * change: it is not cancelled, since changes may come faster than answers, but repeated once it is done.
 */
export function queryRefresher(queryClient: QueryClient): (key: string) => void {
  const waitedFor = new Set<Query>();
  const readAfter = async (query: Query) => {
    if (waitedFor.has(query)) return;
    waitedFor.add(query);
    await query.promise?.catch(() => {});
    waitedFor.delete(query);
    await queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true }, { cancelRefetch: false });
  };
  return (key) => {
    const beingRead = queryClient.getQueryCache().findAll({ queryKey: [key], fetchStatus: 'fetching' });
    void queryClient.invalidateQueries({ queryKey: [key] }, { cancelRefetch: false });
    for (const query of beingRead) void readAfter(query);
  };
}
