import { fork } from 'node:child_process';
import type { TopicTable } from './stand-in-model.ts';

/** Starts the stand-in for a hosted embedding model in a process of its own, as a provider would not share ours. */
export async function startStandInModel(table: TopicTable): Promise<{ baseURL: string; stop(): void }> {
  const child = fork(new URL('stand-in-model.js', import.meta.url), { execArgv: [] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', (code) =>
      reject(new Error(`the stand-in model ended with exit code ${String(code)}`)),
    );
    child.send(table);
  });
  return { baseURL: `http://127.0.0.1:${port}/v1`, stop: () => void child.kill() };
}
