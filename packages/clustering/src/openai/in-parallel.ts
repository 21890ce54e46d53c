import type { EmbedOutcome } from '../embedders/embedder.ts';
import type { EmbeddingRun } from './embedding-run.ts';
import type { PlacedText } from './text-batches.ts';

/** Yields what batches gave as they finish; waits for those under way before it throws, as they are paid for. */
export async function* inParallel(batches: readonly PlacedText[][], concurrency: number, run: EmbeddingRun) {
  type Finished = { outcomes: EmbedOutcome[] } | { thrown: unknown };
  const underWay = new Map<number, Promise<readonly [number, Finished]>>();
  let next = 0;
  let failure: { thrown: unknown } | undefined;
  const start = () => {
    const batch = batches[next];
    if (batch === undefined || failure) return;
    const id = next++;
    const finished: Promise<Finished> = run.embed(batch).then(
      (outcomes) => ({ outcomes }),
      (thrown: unknown) => ({ thrown }),
    );
    underWay.set(
      id,
      finished.then((result) => [id, result] as const),
    );
  };
  for (let count = 0; count < concurrency; count++) start();
  while (underWay.size > 0) {
    const [id, result] = await Promise.race(underWay.values());
    underWay.delete(id);
    if ('thrown' in result) failure ??= result;
    else yield result.outcomes;
    start();
  }
  if (failure) throw failure.thrown;
}
