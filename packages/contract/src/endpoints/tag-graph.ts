import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { paths } from '../schemas/lenient.ts';
import { embedderName, language } from '../schemas/topic.ts';

const graphNode = z
  .object({
    id: z
      .string()
      .describe('`cluster_topic_1`, `tag_<word>`, `abstract_l1_<number>` or `abstract_l2_<number>`'),
    label: z.string(),
    size: z.number().describe('Number of images'),
    metadata: z.object({
      type: z.enum(['cluster', 'tag', 'abstract']),
      image_count: z.int(),
      cluster_id: z.string().optional().describe('Only for a cluster'),
      cluster_count: z.int().optional().describe('Only for a tag or an abstraction'),
    }),
  })
  .meta({ id: 'TagGraphNode' });

export const tagGraph = {
  build: endpoint({
    method: 'POST',
    path: '/db/cluster_tag_graph',
    summary: 'The clusters of folders, their shared tags, and the abstractions above the tags',
    description: 'Built from the latest clustering of these folders; answers 400 if there is none.',
    permission: 'read',
    largeBody: true,
    answersWhenDone: true,
    input: z.object({ folder_paths: paths().min(1, 'name at least one folder'), lang: language }),
    output: z.object({
      layers: z.array(
        z
          .object({
            level: z.int().describe('0 clusters, 1 tags, 2 and 3 abstractions'),
            name: z.string(),
            nodes: z.array(graphNode).describe('Largest first'),
          })
          .meta({ id: 'TagGraphLayer' }),
      ),
      links: z.array(
        z
          .object({
            source: z.string(),
            target: z.string(),
            weight: z.number().describe('Number of shared images'),
          })
          .meta({ id: 'TagGraphLink' }),
      ),
      stats: z.object({
        clusters: z.int(),
        tags: z.int(),
        abstractions: z.int(),
        links: z.int(),
        images: z.int(),
        abstracted_by: z.enum(['model', 'local']),
        failure: z
          .string()
          .nullable()
          .describe(
            'Why there is nothing to draw, or why the abstractions were not made by the model, if one is configured',
          ),
        embedder: embedderName,
        model: z.string().describe('Embedding model of the clustering'),
        topic_cluster_cache_key: z.string(),
      }),
    }),
    errors: [404],
    example: { folder_paths: ['/library'], lang: 'en' },
  }),
  clusterPaths: endpoint({
    method: 'POST',
    path: '/db/cluster_tag_graph_cluster_paths',
    summary: 'The images of a cluster of a tag graph',
    permission: 'read',
    onlyAsks: true,
    input: z.object({
      topic_cluster_cache_key: z.string().max(200).prefault(''),
      cluster_id: z.string().max(200).prefault('').describe('`metadata.cluster_id` of a node'),
    }),
    output: z.object({ paths: z.array(z.string()) }),
    errors: [404],
    example: { topic_cluster_cache_key: '1f0c1d2e8a1b4c3d9e4f0a1b2c3d4e5f01234567', cluster_id: 'topic_1' },
  }),
};
