import { setTimeout as sleep } from 'node:timers/promises';

import { emitEvent, transfer, type CallContext } from '../../src/index.ts';

/** An error with what the errors of the packages have: a code, details and a cause. */
export class SampleError extends Error {
  override readonly name = 'SampleError';
  readonly code: string;
  readonly details: { readonly paths: readonly string[] };

  constructor(code: string, message: string, paths: readonly string[], cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.details = { paths };
  }
}

export const sampleMethods = {
  double: (value: number): number => value * 2,
  async later(
    { ms, value }: { ms: number; value: string },
    { report }: CallContext<'begun'>,
  ): Promise<string> {
    report('begun');
    await sleep(ms);
    return value;
  },
  count(to: number, { report }: CallContext<number>): string {
    for (let step = 1; step <= to; step++) report(step);
    return 'counted';
  },
  /** Never waits, as SQLite and clustering do. */
  spin(mostMs: number, { report, isCancelled }: CallContext<'spinning'>): string {
    report('spinning');
    const end = Date.now() + mostMs;
    while (Date.now() < end) if (isCancelled()) return 'cancelled';
    return 'finished';
  },
  bytes: (length: number) => {
    const bytes = new Uint8Array(length).fill(7);
    return transfer(bytes, [bytes.buffer]);
  },
  lengthOf: (bytes: Uint8Array): number => bytes.byteLength,
  fail(kind: 'sample' | 'plain' | 'text'): void {
    if (kind === 'sample') throw new SampleError('too-odd', 'It is odd', ['/a', '/b'], new RangeError('3'));
    if (kind === 'plain') throw Object.assign(new RangeError('out of it'), { code: 'E_RANGE', run: () => 1 });
    // Dependencies throw what is no error.
    const text: unknown = 'only a text';
    throw text;
  },
  unsendable: () => () => undefined,
  emit: (event: string): void => emitEvent(event),
  exit: (code: number): void => process.exit(code),
  crash: (): void => {
    setImmediate(() => {
      throw new Error('nobody catches this');
    });
  },
  pid: (): number => process.pid,
};
export type SampleMethods = typeof sampleMethods;
