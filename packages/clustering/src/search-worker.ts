import { parentPort, workerData } from 'node:worker_threads';
import { searchTask, type SearchQuestion, type SearchTask } from './search/search-task.ts';

const answer = searchTask(workerData as SearchTask);
parentPort?.on('message', (question: SearchQuestion) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  parentPort?.postMessage(answer(question));
});
