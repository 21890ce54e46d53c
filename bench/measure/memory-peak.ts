const intervalMs = 20;

/** Watches the resident memory of this process, all of its threads included, until `stop` is called; bytes. */
export function watchMemory(): { stop(): { before: number; peak: number } } {
  const before = process.memoryUsage.rss();
  let peak = before;
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(sample, intervalMs);
  return {
    stop() {
      clearInterval(timer);
      sample();
      return { before, peak };
    },
  };
}
