import { openIndex } from '@iib-kit/index-db';
import { watchEventLoop } from '../measure/event-loop-delay.ts';
import { watchMemory } from '../measure/memory-peak.ts';
import type { IndexMeasurement, IndexRequest } from './index-in-child.ts';

process.once('message', (request) => {
  void measure(request as IndexRequest).then((measurement) =>
    process.send?.(measurement, () => process.disconnect()),
  );
});

async function measure({ databasePath, root }: IndexRequest): Promise<IndexMeasurement> {
  const index = await openIndex({ path: databasePath });
  const memory = watchMemory();
  const eventLoop = watchEventLoop();
  let progressEvents = 0;
  const started = performance.now();
  const summary = await index.update([root], { onProgress: () => progressEvents++ });
  const updated = performance.now();
  const delay = eventLoop.stop();
  const peak = memory.stop();
  const again = performance.now();
  const second = await index.update([root]);
  const unchangedMs = performance.now() - again;
  await index.close();
  if (second.added + second.changed + second.moved + second.removed > 0) {
    throw new Error(`the second update of an unchanged library found changes: ${JSON.stringify(second)}`);
  }
  return {
    added: summary.added,
    failed: summary.failed.length,
    updateMs: updated - started,
    unchangedMs,
    progressEvents,
    delay,
    memory: peak,
  };
}
