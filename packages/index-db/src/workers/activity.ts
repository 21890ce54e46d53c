const running = 0;
const begun = 1;

/** Counts the calls that threads are answering, in memory that other threads see. */
export class Activity {
  readonly memory: Int32Array<SharedArrayBuffer>;

  constructor(memory = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))) {
    this.memory = memory;
  }

  /** Counts a call for as long as it runs. */
  async during<T>(call: () => Promise<T>): Promise<T> {
    Atomics.add(this.memory, running, 1);
    Atomics.add(this.memory, begun, 1);
    try {
      return await call();
    } finally {
      Atomics.sub(this.memory, running, 1);
    }
  }

  get running(): number {
    return Atomics.load(this.memory, running);
  }

  /** How many calls ever began; wraps around. */
  get begun(): number {
    return Atomics.load(this.memory, begun);
  }
}
