import { read } from 'node:fs';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';

const readDescriptor = promisify(read);

/** How much of a file is read at once, in bytes. */
const CHUNK = 1024 * 1024;

/**
 * An open file as a member of an archive; whoever opened it closes it. Where it cannot be read to its end, the member
 * ends there: the archive has begun it and cannot take it back.
 */
export class MemberStream extends Readable {
  readonly #descriptor: number;
  readonly #onCutOff: (error: unknown) => void;
  #reading: Promise<void> = Promise.resolve();

  constructor(descriptor: number, onCutOff: (error: unknown) => void) {
    super({ highWaterMark: CHUNK });
    this.#descriptor = descriptor;
    this.#onCutOff = onCutOff;
  }

  override _read(): void {
    this.#reading = this.#readChunk();
  }

  /** Resolves when no read is under way: the number of a closed file may be another file's at once. */
  idle(): Promise<void> {
    return this.#reading;
  }

  async #readChunk(): Promise<void> {
    try {
      const chunk = Buffer.allocUnsafeSlow(CHUNK);
      const { bytesRead } = await readDescriptor(this.#descriptor, { buffer: chunk });
      this.push(bytesRead === 0 ? null : chunk.subarray(0, bytesRead));
    } catch (error) {
      this.#onCutOff(error);
      this.push(null);
    }
  }
}
