import { Job, type Patience, type Work } from './job.ts';
import { ThumbnailError } from './thumbnail-error.ts';

export interface RenderQueueOptions {
  /** How many jobs run at the same moment. */
  readonly concurrency: number;
  /** How many may wait; the one that has waited longest is dropped for a new one. */
  readonly maxWaiting: number;
}

export interface RequestOptions {
  /** Leaves the queue; work that has begun is finished for the cache. */
  readonly signal?: AbortSignal | undefined;
  /** Runs only while nothing else waits, in order, and is never dropped. */
  readonly background?: boolean | undefined;
  /** Ends the wait, not the work. Default: waits for as long as it takes. */
  readonly patience?: Patience | undefined;
}

/**
 * Runs each key's work once however many ask for it, the newest request first:
 * whoever scrolls on looks at what was asked for last.
 */
export class RenderQueue {
  readonly #options: RenderQueueOptions;
  readonly #jobs = new Map<string, Job<unknown>>();
  readonly #waiting: Job<unknown>[] = [];
  readonly #background: Job<unknown>[] = [];
  #closed: ThumbnailError | undefined;
  readonly #runs = new Set<Promise<void>>();
  #slotsTaken = 0;
  /** Work that nobody waits for any more, and which has released its slot. */
  readonly #abandoned = new Set<Job<unknown>>();
  readonly #slotReleases = new Map<Job<unknown>, () => void>();

  constructor(options: RenderQueueOptions) {
    this.#options = options;
  }

  async request<T>(
    key: string,
    work: Work<T>,
    { signal, patience, background = false }: RequestOptions = {},
  ): Promise<T> {
    if (this.#closed) throw this.#closed;
    signal?.throwIfAborted();
    const job = this.#jobs.get(key) ?? this.#enqueue(key, work, background);
    const outcome = job.wait({ signal, patience });
    if (!background) this.#moveToFront(job);
    this.#runNext();
    // A key names what is made, and so the type of it.
    return (await outcome) as T;
  }

  get running(): number {
    return this.#slotsTaken;
  }

  get waiting(): number {
    return this.#waiting.length + this.#background.length;
  }

  /** Rejects everything that waits or runs, and what is asked for later. */
  close(reason: ThumbnailError): void {
    this.#closed = reason;
    this.#waiting.length = 0;
    this.#background.length = 0;
    for (const job of this.#jobs.values()) job.reject(reason);
    this.#jobs.clear();
  }

  /** Waits for the end of what runs. */
  async settled(): Promise<void> {
    await Promise.all(this.#runs);
  }

  #enqueue(key: string, work: Work<unknown>, background: boolean): Job<unknown> {
    const job = new Job<unknown>(key, work, {
      cancelled: (left) => this.#withdraw(left),
      abandoned: (left) => this.#release(left),
    });
    this.#jobs.set(key, job);
    if (background) this.#background.unshift(job);
    else this.#push(job);
    return job;
  }

  #push(job: Job<unknown>): void {
    this.#waiting.push(job);
    if (this.#waiting.length <= this.#options.maxWaiting) return;
    const oldest = this.#waiting.shift();
    if (!oldest) return;
    this.#jobs.delete(oldest.key);
    oldest.reject(new ThumbnailError('queue-full', `${this.#options.maxWaiting} newer requests are waiting`));
  }

  #moveToFront(job: Job<unknown>): void {
    if (remove(this.#waiting, job) || remove(this.#background, job)) this.#push(job);
  }

  #withdraw(job: Job<unknown>): void {
    if (remove(this.#waiting, job) || remove(this.#background, job)) this.#jobs.delete(job.key);
  }

  /** Lets others go on while slow work is finished for the cache; as many of these as there are slots, and no more. */
  #release(job: Job<unknown>): void {
    const releaseSlot = this.#slotReleases.get(job);
    if (!releaseSlot || this.#abandoned.size >= this.#options.concurrency) return;
    this.#abandoned.add(job);
    releaseSlot();
  }

  #runNext(): void {
    while (this.#slotsTaken < this.#options.concurrency) {
      const job = this.#waiting.pop() ?? this.#background.pop();
      if (!job) return;
      const releaseSlot = this.#takeSlot();
      const run = this.#run(job, releaseSlot).finally(() => {
        this.#runs.delete(run);
        releaseSlot();
      });
      this.#runs.add(run);
    }
  }

  async #run(job: Job<unknown>, releaseSlot: () => void): Promise<void> {
    this.#slotReleases.set(job, releaseSlot);
    try {
      job.resolve(
        await job.work({
          releaseSlot,
          begun: () => job.begin(),
          whenLeft: (listener) => job.whenLeft(listener),
        }),
      );
    } catch (error) {
      job.reject(error);
    } finally {
      this.#slotReleases.delete(job);
      this.#abandoned.delete(job);
      this.#jobs.delete(job.key);
    }
  }

  /** Gives what releases the slot, once. */
  #takeSlot(): () => void {
    this.#slotsTaken += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#slotsTaken -= 1;
      this.#runNext();
    };
  }
}

function remove<T>(list: T[], item: T): boolean {
  const index = list.lastIndexOf(item);
  if (index === -1) return false;
  list.splice(index, 1);
  return true;
}
