import { parentPort, workerData } from 'node:worker_threads';
import { doClusteringJob, type ClusteringJob, type ClusteringMessage } from './threads/clustering-job.ts';

const messageEveryMs = 50;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
const send = (message: ClusteringMessage) => parentPort?.postMessage(message);
let lastSent = performance.now();
const result = doClusteringJob(workerData as ClusteringJob, (progress) => {
  const now = performance.now();
  if (now - lastSent < messageEveryMs) return;
  lastSent = now;
  send({ progress });
});
send({ result });
