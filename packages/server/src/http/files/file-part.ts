import { Readable } from 'node:stream';

import type { OpenFile } from './open-file.ts';

/** How much of a file a stream reads at once, in bytes. */
const STREAM_CHUNK = 512 * 1024;

/** Bytes of an open file as the body of a reply; whoever sends them, or does not, closes the file. */
export class FilePart {
  readonly file: OpenFile;
  readonly start: number;
  readonly length: number;
  /** Told when the bytes cannot be read to the end. */
  onFailure: ((error: unknown) => void) | undefined;

  constructor(file: OpenFile, start: number, length: number) {
    this.file = file;
    this.start = start;
    this.length = length;
  }

  /** The bytes as a stream that closes the file. */
  stream(): Readable {
    const stream = new FilePartStream(this);
    if (this.onFailure !== undefined) stream.once('error', this.onFailure);
    return stream;
  }
}

/** A generator would not close the file of a stream that is destroyed before it is read. */
class FilePartStream extends Readable {
  readonly #file: OpenFile;
  readonly #end: number;
  #position: number;
  #reading: Promise<void> = Promise.resolve();

  constructor({ file, start, length }: FilePart) {
    super({ highWaterMark: STREAM_CHUNK });
    this.#file = file;
    this.#position = start;
    this.#end = start + length;
  }

  override _read(): void {
    if (this.#position < this.#end) this.#reading = this.#readChunk();
    else this.push(null);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    void this.#close(error, callback);
  }

  async #readChunk(): Promise<void> {
    const chunk = Buffer.allocUnsafeSlow(Math.min(STREAM_CHUNK, this.#end - this.#position));
    try {
      const count = await this.#file.read(chunk, this.#position);
      if (count === 0) throw becameShorter();
      this.#position += count;
      this.push(count === chunk.length ? chunk : chunk.subarray(0, count));
    } catch (error) {
      this.destroy(error as Error);
    }
  }

  async #close(error: Error | null, done: (error?: Error | null) => void): Promise<void> {
    // The number of a closed file may be another file's at once.
    await this.#reading;
    let failure: unknown;
    try {
      await this.#file.close();
    } catch (thrown) {
      failure = thrown;
    }
    done(error ?? (failure as Error | undefined));
  }
}

export function becameShorter(): Error {
  return new Error('the file became shorter while it was sent');
}
