import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, expect, test } from 'vitest';

import { FilePart } from '../files/file-part.ts';
import type { OpenFile } from '../files/open-file.ts';
import { writeToNode } from './write-to-node.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const content = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => index % 253));

/** A file of which only so many bytes can be read, and how often it was closed. */
function fileOf(readable: number): { file: OpenFile; closed: () => number } {
  let closed = 0;
  const file: OpenFile = {
    stats: undefined as never,
    async read(into, position) {
      const end = Math.min(position + into.byteLength, readable);
      return content.copy(into, 0, Math.min(position, end), end);
    },
    async close() {
      closed += 1;
    },
  };
  return { file, closed: () => closed };
}

async function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const made = createServer((_, response) => answer(response));
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

const replyOf = (body: FilePart) => ({
  status: 200,
  headers: { 'content-length': String(body.length) },
  body,
});

/** As middleware that compresses or counts: its own `write`, which may keep what it was given. */
function keepingWrites(response: ServerResponse, kept: Buffer[]): ServerResponse {
  const write = response.write.bind(response) as (...given: unknown[]) => boolean;
  response.write = ((chunk: Buffer, ...rest: unknown[]) => {
    kept.push(chunk);
    return write(chunk, ...rest);
  }) as typeof response.write;
  return response;
}

test('a part of a file is sent whole, and the file closed once', async () => {
  const { file, closed } = fileOf(content.length);
  const url = await serve(
    (response) => void writeToNode(response, replyOf(new FilePart(file, 10, 900_000)), 5),
  );
  const got = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(got.equals(content.subarray(10, 900_010))).toBe(true);
  expect(closed()).toBe(1);
});

test('what middleware keeps of an answer is not written over', async () => {
  const { file, closed } = fileOf(content.length);
  const kept: Buffer[] = [];
  const url = await serve((response) => {
    const part = new FilePart(file, 0, content.length);
    void writeToNode(keepingWrites(response, kept), replyOf(part), 5);
  });
  await (await fetch(url)).arrayBuffer();
  expect(kept.length).toBeGreaterThan(1);
  expect(Buffer.concat(kept).equals(content)).toBe(true);
  expect(closed()).toBe(1);
});

test.each([
  ['written to the response', (response: ServerResponse) => response],
  ['piped through middleware', (response: ServerResponse) => keepingWrites(response, [])],
])('a file that becomes shorter while it is %s breaks the answer off, and is told of', async (_, wrap) => {
  const { file, closed } = fileOf(600_000);
  const part = new FilePart(file, 0, content.length);
  const failures: unknown[] = [];
  part.onFailure = (error) => failures.push(error);
  let written: Promise<void> | undefined;
  const url = await serve((response) => {
    written = writeToNode(wrap(response), replyOf(part), 5);
  });
  const whole = async () => (await fetch(url)).arrayBuffer();
  await expect(whole()).rejects.toThrow(/terminated|fetch failed/);
  await written;
  expect(failures).toEqual([new Error('the file became shorter while it was sent')]);
  expect(closed()).toBe(1);
});

test('a client that leaves closes the file', async () => {
  const { file, closed } = fileOf(content.length);
  let written: Promise<void> | undefined;
  const url = await serve((response) => {
    written = writeToNode(response, replyOf(new FilePart(file, 0, content.length)), 5);
  });
  const leaving = new AbortController();
  const response = await fetch(url, { signal: leaving.signal });
  await response.body?.getReader().read();
  leaving.abort();
  await written;
  expect(closed()).toBe(1);
});
