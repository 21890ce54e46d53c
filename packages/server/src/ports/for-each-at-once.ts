/** Does something with each item, so many at a time; rejects with the first failure and begins no more. */
export async function forEachAtOnce<T>(
  count: number,
  items: readonly T[],
  work: (item: T, position: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let hasFailed = false;
  const worker = async () => {
    while (next < items.length && !hasFailed) {
      const position = next++;
      try {
        await work(items[position] as T, position);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, worker));
}
