import { watchEventLoop, type EventLoopDelay } from './event-loop-delay.ts';
import { watchMemory } from './memory-peak.ts';

/** What a piece of asynchronous work gave and cost. */
export interface Measured<T> {
  readonly result: T;
  readonly ms: number;
  readonly delay: EventLoopDelay;
  readonly memory: { readonly before: number; readonly peak: number };
}

/** Does the work and measures its time, the delay of this thread's event loop, and the memory of the process. */
export async function measured<T>(work: () => Promise<T>): Promise<Measured<T>> {
  const eventLoop = watchEventLoop();
  const memory = watchMemory();
  const started = performance.now();
  const result = await work();
  const ms = performance.now() - started;
  return { result, ms, delay: eventLoop.stop(), memory: memory.stop() };
}
