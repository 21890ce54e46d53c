import { workerData } from 'node:worker_threads';
import { serveMethods } from '@iib-kit/threads';
import { localMethods } from './embedders/local/local-methods.ts';

serveMethods(localMethods(workerData as Uint8Array | null));
