import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { expect, it } from 'vitest';
import { temporaryLibrary } from './helpers/temporary-library.ts';

/** How nice each thread of this process is (proc(5): the nineteenth value of `stat`), as often as there is one. */
function threads(): Map<number, number> {
  const counts = new Map<number, number>();
  for (const thread of readdirSync('/proc/self/task')) {
    const values = readFileSync(`/proc/self/task/${thread}/stat`, 'latin1').split(') ').at(-1)?.split(' ');
    const nice = Number(values?.[16]);
    counts.set(nice, (counts.get(nice) ?? 0) + 1);
  }
  return counts;
}

it.runIf(process.platform === 'linux')(
  'the threads that read and write the index give way, and no other does',
  async () => {
    const own = getPriority();
    const lowered = Math.min(19, own + 5);
    const before = threads();
    const library = temporaryLibrary();
    library.picture('one.png', 'a red fox');
    const index = await library.open();
    let most = 0;
    await index.update([library.root], {
      onProgress() {
        most = Math.max(most, threads().get(lowered) ?? 0);
      },
    });
    const more = most - (before.get(lowered) ?? 0);
    if (lowered === own) expect(more).toBeGreaterThanOrEqual(2);
    else expect(more).toBe(2);
    expect(getPriority()).toBe(own);
  },
);
