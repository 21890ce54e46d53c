import { watchMemory } from '../measure/memory-peak.ts';
import { mountService } from './mount.ts';
import type { MemoryReport, Order, Report, ServeRequest } from './start-server.ts';

const send = (report: Report) => process.send?.(report);

/** Serves, and does what it is told to in between: index, and tell of its memory. */
async function serve({ mount, options }: ServeRequest): Promise<void> {
  const mounted = await mountService(mount, options);
  const { port, service } = mounted;
  let memory = watchMemory();
  process.on('message', (order: Order) => {
    switch (order) {
      case 'index':
        void service.library.update().then(({ added }) => send({ added }));
        return;
      case 'memory':
        send({ memory: memoryNow(memory.stop().peak) });
        memory = watchMemory();
        return;
      case 'end':
        memory.stop();
        void mounted.close().then(() => process.disconnect());
        return;
      default:
        order satisfies never;
    }
  });
  send({ port });
}

function memoryNow(peak: number): MemoryReport {
  const { rss, heapUsed } = process.memoryUsage();
  return { now: rss, peak, heap: heapUsed };
}

process.once('message', (request) => void serve(request as ServeRequest));
