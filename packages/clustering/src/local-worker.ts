import { parentPort, workerData } from 'node:worker_threads';
import { localTask, type LocalQuestion, type LocalTask } from './embedders/local/local-task.ts';

const answer = localTask(workerData as LocalTask);
parentPort?.on('message', (question: LocalQuestion) => {
  const answered = answer(question);
  parentPort?.postMessage(answered, answered === null ? [] : [answered.buffer as ArrayBuffer]);
});
