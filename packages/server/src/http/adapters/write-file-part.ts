import type { ServerResponse } from 'node:http';

import { becameShorter, type FilePart } from '../files/file-part.ts';

/** How much is read and written at once, in bytes; each download has two of these. */
const CHUNK = 256 * 1024;

/** Buffers that are kept for the next download; at 1 GB/s new ones would be most of the work. */
const spareBuffers: Buffer[] = [];
const MAX_SPARE = 16;

/**
 * Writes a part of a file to a response whose head is written, reading ahead while the socket takes what was read.
 * Resolves when all is written, the client has gone, or the file cannot be read to the end, which cuts the
 * connection. Closes the file.
 */
export async function writeFilePart(response: ServerResponse, part: FilePart): Promise<void> {
  const { file, start, length } = part;
  const writer = new ChunkWriter(response);
  let reading: Buffer = spareBuffers.pop() ?? Buffer.allocUnsafeSlow(CHUNK);
  let written: Buffer = spareBuffers.pop() ?? Buffer.allocUnsafeSlow(CHUNK);
  try {
    const end = start + length;
    for (let position = start; position < end;) {
      const count = await file.read(reading.subarray(0, Math.min(CHUNK, end - position)), position);
      if (count === 0) throw becameShorter();
      if (!(await writer.drained)) return;
      writer.write(reading.subarray(0, count));
      position += count;
      [reading, written] = [written, reading];
    }
    if (!(await writer.drained)) return;
    response.end();
    if (spareBuffers.length < MAX_SPARE) spareBuffers.push(reading, written);
  } catch (error) {
    response.destroy();
    part.onFailure?.(error);
  } finally {
    writer.release();
    await file.close();
  }
}

/** Writes one chunk after the other, each of which may be written over once it is drained. */
class ChunkWriter {
  /** False when the client has gone; what was written last may then still be in use. */
  drained: Promise<boolean>;
  readonly #response: ServerResponse;
  #settle: ((isWritten: boolean) => void) | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
    this.drained = Promise.resolve(!response.destroyed);
    response.once('close', this.#onClose);
  }

  write(chunk: Buffer): void {
    this.drained = new Promise((resolve) => {
      this.#settle = resolve;
      if (this.#response.destroyed) resolve(false);
      else this.#response.write(chunk, (error) => resolve(error === null || error === undefined));
    });
  }

  release(): void {
    this.#response.off('close', this.#onClose);
  }

  readonly #onClose = (): void => this.#settle?.(false);
}
