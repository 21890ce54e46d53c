import type { Client } from '@iib-kit/client/browser';

import { describeError } from '../connection/describe-error.ts';
import { saveArchive } from '../files/save-file.ts';
import type { BulkFailure } from './bulk-run.ts';
import { MAX_PATHS_PER_REQUEST } from './max-paths-per-request.ts';

/** Packs files into as many archives as requests are needed, and downloads each; returns what failed. */
export async function zipFiles(
  client: Client,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly BulkFailure[]> {
  const failures: BulkFailure[] = [];
  for (let start = 0; start < paths.length && !signal.aborted; start += MAX_PATHS_PER_REQUEST) {
    try {
      saveArchive(await zipOnce(client, paths.slice(start, start + MAX_PATHS_PER_REQUEST), signal));
    } catch (error) {
      if (!signal.aborted) failures.push({ name: '', reason: describeError(error) });
    }
  }
  return failures;
}

async function zipOnce(client: Client, paths: string[], signal: AbortSignal): Promise<string> {
  const answer = await client.fileSystem.zip({ paths, pack_only: true }, { signal });
  const packed = JSON.parse(new TextDecoder().decode(await answer.bytes())) as {
    name: string;
    bytes: number | null;
    job_id: string;
  };
  if (packed.bytes === null) await untilJobIsOver(client, packed.job_id, signal);
  return packed.name;
}

async function untilJobIsOver(client: Client, id: string, signal: AbortSignal): Promise<void> {
  for await (const job of client.jobs.follow(id, { signal })) {
    if (job.status === 'failed' || job.status === 'cancelled') throw new Error(job.error ?? job.status);
  }
}
