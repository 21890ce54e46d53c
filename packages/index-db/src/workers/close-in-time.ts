import { IndexError } from '@iib-kit/catalog';

/** How long threads may take to end once they are killed, in milliseconds; one in a call of a dead drive never does. */
const endingMs = 3000;

interface Closing {
  /** Waits for what runs, and closes in order. */
  readonly finish: () => Promise<void>;
  /** Kills whatever is left. */
  readonly endAll: () => Promise<void>;
  readonly milliseconds: number;
}

/** Closes in order where that takes no longer than the limit; rejects with `worker-failed` where it does. */
export async function closeInTime({ finish, endAll, milliseconds }: Closing): Promise<void> {
  try {
    if (await isOver(finish(), milliseconds)) return;
    throw new IndexError(
      'worker-failed',
      `The index was not closed after ${milliseconds} ms; its threads were ended, and what they were writing is undone`,
    );
  } finally {
    await isOver(endAll(), endingMs);
  }
}

/** Whether the work is over in time; rejects with its failure. */
async function isOver(work: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, milliseconds, false)));
  const done = work.then(() => true);
  // One that fails when nobody waits for it any more is no unhandled rejection.
  done.catch(() => undefined);
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
