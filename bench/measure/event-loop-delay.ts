import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late timers of this thread ran while the work went on, in milliseconds. */
export interface EventLoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const samplingMs = 1;

/** Watches the event loop of this thread until `stop` is called. */
export function watchEventLoop(): { stop(): EventLoopDelay } {
  const histogram = monitorEventLoopDelay({ resolution: samplingMs });
  histogram.enable();
  // The histogram counts the whole wait between two samples, so an idle loop reads as the sampling interval.
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - samplingMs);
  return {
    stop() {
      histogram.disable();
      return {
        p50: late(histogram.percentile(50)),
        p99: late(histogram.percentile(99)),
        max: late(histogram.max),
      };
    },
  };
}
