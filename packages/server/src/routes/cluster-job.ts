import type { api, OutputOf } from '@iib-kit/contract';

import type { RequestContext } from './context.ts';
import type { JobState } from '../jobs/job-state.ts';
import { clusterOutcome } from '../topics/cluster-job.ts';
import { clusterToResponse } from './responses/cluster-to-response.ts';
import { jobToResponse } from './responses/job-to-response.ts';

/** What `error` says of a job that completed and whose result is gone. */
const missingResult = {
  replaced:
    'the result was replaced by a later clustering with the same settings; POST /db/cluster_iib_output_cached answers that one',
  removed: 'the result is no longer in the cache; start the clustering again',
};

const hiddenResult = 'the result is of folders that are outside the allowed ones';

/** A job that clusters, with its result from the cache. */
export async function clusterJobToResponse(
  job: JobState,
  { access, jobs, index }: Pick<RequestContext, 'access' | 'jobs' | 'index'>,
): Promise<OutputOf<typeof api.ai.clusterJobStatus>> {
  const outcome = await clusterOutcome(await jobs.result(job.id), index);
  const answer = { ...jobToResponse(job, access), result: null };
  if (outcome === undefined) return answer;
  if ('missing' in outcome) return { ...answer, error: missingResult[outcome.missing] };
  const { result } = outcome;
  // Of folders that were allowed when it ran.
  if (!result.folders.every((folder) => access.contains(folder))) return { ...answer, error: hiddenResult };
  return { ...answer, result: clusterToResponse(result) };
}
