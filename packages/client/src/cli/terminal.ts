import type { Writable } from 'node:stream';

/** A stream that may be a terminal. */
export type Screen = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What the program is given by its process. */
export interface ProcessParts {
  readonly stdin: AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean };
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts on Ctrl+C. */
  readonly signal: AbortSignal;
}

/** Columns where the width of the terminal is unknown. */
const DEFAULT_WIDTH = 80;

/** The output of the program. Callers escape text that others wrote. */
export class Terminal {
  readonly parts: ProcessParts;

  constructor(parts: ProcessParts) {
    this.parts = parts;
  }

  /** Whether the output is a terminal, where it may be a table. */
  get isForPeople(): boolean {
    return this.parts.stdout.isTTY === true;
  }

  get width(): number {
    return this.parts.stdout.columns ?? DEFAULT_WIDTH;
  }

  /** Waits while the reader is slower. */
  async write(text: string): Promise<void> {
    const { stdout, signal } = this.parts;
    if (stdout.write(text)) return;
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => reject(signal.reason as Error);
      signal.addEventListener('abort', onAbort, { once: true });
      stdout.once('drain', () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
    });
  }

  line(text: string): Promise<void> {
    return this.write(`${text}\n`);
  }

  /** Prints a message that is not part of the result, to standard error. */
  note(text: string): void {
    this.parts.stderr.write(`${text}\n`);
  }

  heading(text: string): string {
    return this.#hasStyles ? `\x1b[1m${text}\x1b[22m` : text;
  }

  faint(text: string): string {
    return this.#hasStyles ? `\x1b[2m${text}\x1b[22m` : text;
  }

  /** https://no-color.org: set and not empty. */
  get #hasStyles(): boolean {
    const { NO_COLOR = '', TERM } = this.parts.env;
    return this.isForPeople && NO_COLOR === '' && TERM !== 'dumb';
  }
}
