/** The kind of the jobs that cluster. */
export const CLUSTER_JOB = 'cluster';
