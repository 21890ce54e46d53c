import type { Query, QueryClient } from '@tanstack/solid-query';

/**
 * Makes a function that reads again what is shown of queries, by the first part of their keys. What is being read at
 * that moment may be from before the change: it is let come, for changes may follow each other faster than answers,
 * and then read once more.
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
