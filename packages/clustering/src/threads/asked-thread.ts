import { Worker } from 'node:worker_threads';
import { ClusteringError } from '../clustering-error.ts';

/** A thread that answers one question after the other. */
export class AskedThread<Question, Answer> {
  readonly #worker: Worker;
  readonly #waiting: { resolve: (answer: Answer) => void; reject: (reason: unknown) => void }[] = [];
  #failure: { readonly reason: unknown } | undefined;

  /** `file` stands beside the built package, such as `local-worker.js`. */
  constructor(file: string, workerData: unknown) {
    this.#worker = new Worker(new URL(`./${file}`, import.meta.url), { workerData, execArgv: [] });
    // A thread that nobody asks keeps no program alive.
    this.#worker.unref();
    this.#worker.on('message', (answer: Answer) => this.#waiting.shift()?.resolve(answer));
    this.#worker.on('error', (cause) => {
      this.#fail(new ClusteringError('worker-failed', `${file} failed on its thread`, { cause }));
    });
    this.#worker.on('exit', (code) => {
      this.#fail(new ClusteringError('worker-failed', `${file} ended early with exit code ${code}`));
    });
  }

  async ask(question: Question): Promise<Answer> {
    if (this.#failure) throw this.#failure.reason;
    this.#worker.ref();
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#waiting.push({ resolve, reject });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        this.#worker.postMessage(question);
      });
    } finally {
      if (this.#waiting.length === 0) this.#worker.unref();
    }
  }

  /** Ends the thread; what is still being asked rejects with the reason. */
  async end(reason: unknown): Promise<void> {
    this.#fail(reason);
    await this.#worker.terminate();
  }

  #fail(reason: unknown): void {
    this.#failure ??= { reason };
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure.reason);
  }
}
