import type { CallContext } from '@iib-kit/threads';
import type { VectorSetParts } from '../vectors/vector-set.ts';
import type { Clustering } from './clustering.ts';
import { kmeansClustering, type KmeansParameters } from './kmeans-clustering.ts';
import { thresholdClustering, type ThresholdParameters } from './threshold-clustering.ts';

const reportEveryMs = 50;

interface ClusteringInput<Parameters> {
  readonly vectors: VectorSetParts;
  readonly parameters: Parameters;
}

/** What the clustering thread does; each reports a share from 0 to 1. */
export const clusteringMethods = {
  threshold: (input: ClusteringInput<ThresholdParameters>, { report }: CallContext<number>): Clustering =>
    thresholdClustering(input.vectors, input.parameters, nowAndThen(report)),
  kmeans: (input: ClusteringInput<KmeansParameters>, { report }: CallContext<number>): Clustering =>
    kmeansClustering(input.vectors, input.parameters, nowAndThen(report)),
};
export type ClusteringMethods = typeof clusteringMethods;

function nowAndThen(report: (progress: number) => void): (progress: number) => void {
  let lastReport = performance.now();
  return (progress) => {
    const now = performance.now();
    if (now - lastReport < reportEveryMs) return;
    lastReport = now;
    report(progress);
  };
}
