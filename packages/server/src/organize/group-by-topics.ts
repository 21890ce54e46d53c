import { Refusal } from '../ports/refusal.ts';
import type { Topics } from '../topics/topics.ts';
import type { GroupImages } from './grouping.ts';

/** Groups by the topics of prompts. Rejects while the model fails: what it would not look at is not like nothing else. */
export function groupByTopics(topics: Pick<Topics, 'clusterFolders'>): GroupImages {
  return async ({ folders, recursive, threshold, minClusterSize, lang }, { signal, report }) => {
    const { clusters, failed, failure } = await topics.clusterFolders(
      { folders, recursive, threshold, minClusterSize, lang },
      {
        signal,
        onProgress: (progress) =>
          report({
            stage: progress.stage,
            progress: progress.share,
            embeddedDone: progress.embeddedDone ?? 0,
            toEmbed: progress.toEmbed ?? 0,
            clustersDone: progress.clustersDone ?? 0,
            clustersTotal: progress.clustersTotal ?? 0,
          }),
      },
    );
    if (failed === 0) return { clusters };
    throw new Refusal('images-without-vectors', { count: failed, failure: failure ?? 'the model failed' });
  };
}
