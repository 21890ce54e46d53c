import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seededRandom } from '../library/seeded-random.ts';
import { unitNoise } from './topic-vectors.ts';

const dimension = 1_536;
// What all prompts have in common for a hosted model, what those of a topic do, and what is each text's own.
const shares = { common: Math.sqrt(0.45), topic: Math.sqrt(0.47), own: Math.sqrt(0.08) };

/** Told to the stand-in before it listens: the topic of each text that it will be asked about. */
export type TopicTable = readonly (readonly [text: string, topic: number])[];

process.once('message', (table) => {
  const topics = new Map(table as TopicTable);
  const common = direction('what prompts have in common');
  const server = createServer((request, response) => {
    void readJson(request).then((body) => {
      const data = (body.input as string[]).map((text, index) => ({
        index,
        embedding: embed(text, topics, common),
      }));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data }));
      return undefined;
    });
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
});

function embed(text: string, topics: ReadonlyMap<string, number>, common: Float32Array): string {
  const topic = direction(`topic ${topics.get(text) ?? text}`);
  const own = direction(text);
  const vector = own.map(
    (part, at) => shares.common * (common[at] ?? 0) + shares.topic * (topic[at] ?? 0) + shares.own * part,
  );
  return Buffer.from(vector.buffer).toString('base64');
}

function direction(of: string): Float32Array {
  const random = seededRandom(createHash('sha256').update(of).digest().readUInt32LE(0));
  return unitNoise(dimension, () => random.next());
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
}
