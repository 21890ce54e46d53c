import { expect, test } from 'vitest';

import { overTransports } from '../helpers/over-transports.ts';
import { answer, chat, embeddings, standInModel, vectorOf } from '../helpers/stand-in-model.ts';
import { topicLibrary } from '../helpers/topic-library.ts';

const model = await standInModel();
const { service, folder, library, at } = await topicLibrary();
const hosted = await topicLibrary({ ai: { apiKey: 'sk-x', baseUrl: model.baseUrl, retries: 0 } });

interface Graph {
  layers: { level: number; name: string; nodes: { id: string; size: number; metadata: object }[] }[];
  links: { source: string; target: string; weight: number }[];
  stats: Record<string, unknown> & { topic_cluster_cache_key: string };
}

overTransports(service, ({ get, send, json }) => {
  const cluster = async (body: object) => {
    const { job_id } = await json<{ job_id: string }>(
      send('POST', '/db/cluster_iib_output_job_start', { threshold: 0.85, ...body }),
    );
    for (;;) {
      const job = await json<{ status: string }>(get('/db/cluster_iib_output_job_status', { job_id }));
      if (job.status === 'completed') return;
      expect(['queued', 'running']).toContain(job.status);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  test('clusters, their tags and the images behind them', async () => {
    await cluster({ folder: library });
    const graph = await json<Graph>(send('POST', '/db/cluster_tag_graph', { folder_paths: [library] }));
    const [clusters, tags] = graph.layers;
    expect(clusters?.nodes.map(({ id, size, metadata }) => [id, size, metadata])).toEqual([
      ['cluster_topic_1', 3, { type: 'cluster', image_count: 3, cluster_id: 'topic_1' }],
      ['cluster_topic_2', 2, { type: 'cluster', image_count: 2, cluster_id: 'topic_2' }],
    ]);
    expect(tags?.nodes.map(({ id }) => id)).toContain('tag_red fox');
    expect(graph.links).toContainEqual({ source: 'cluster_topic_1', target: 'tag_red fox', weight: 3 });
    expect(graph.stats).toMatchObject({
      clusters: 2,
      images: 5,
      abstracted_by: 'local',
      failure: null,
      embedder: 'local',
      model: 'local-1',
    });
    const { topic_cluster_cache_key } = graph.stats;
    const paths = (cluster_id: string, key = topic_cluster_cache_key) =>
      send('POST', '/db/cluster_tag_graph_cluster_paths', { topic_cluster_cache_key: key, cluster_id });
    const found = await json<{ paths: string[] }>(paths('topic_2'));
    expect(found.paths.sort()).toEqual([at('sea/lighthouse-1.png'), at('sea/lighthouse-2.png')]);
    expect((await paths('topic_9')).status).toBe(404);
    expect((await paths('topic_1', 'unknown')).status).toBe(404);
    expect((await paths(' ')).status).toBe(400);
    expect((await paths('topic_1', '')).status).toBe(400);
  });

  test('folders that were not clustered have no graph', async () => {
    const graph = async (folder_paths: string[]) => {
      const response = await send('POST', '/db/cluster_tag_graph', { folder_paths });
      return response.status;
    };
    expect(await graph([at('sea')])).toBe(400);
    expect(await graph([])).toBe(422);
    expect(await graph([library, folder])).toBe(403);
  });
});

overTransports(hosted.service, ({ get, send, json }) => {
  test('what stands above tags is asked of the model once, and told when it fails', async () => {
    const names = [
      { title: 'Foxes', keywords: ['fox', 'snow', 'animal'] },
      { title: 'Lighthouses', keywords: ['lighthouse', 'sea', 'storm'] },
    ];
    let isDown = true;
    const chats = () => model.seen.filter(({ path }) => path === '/v1/chat/completions').length;
    model.reset(({ path, body }, response) => {
      if (path === '/v1/embeddings') return answer(response, embeddings(body, vectorOf));
      const asked = JSON.stringify(body);
      if (asked.includes('"name":"cluster_name"')) {
        const name = names[asked.includes('red fox') ? 0 : 1];
        return answer(response, chat(body, JSON.stringify(name)));
      }
      if (isDown) return answer(response, { error: { message: 'overloaded' } }, 503);
      const groups = [{ label: 'nature', terms: ['fox', 'snow', 'animal', 'sea', 'storm'] }];
      return answer(response, chat(body, JSON.stringify({ groups })));
    });
    const { job_id } = await json<{ job_id: string }>(
      send('POST', '/db/cluster_iib_output_job_start', { folder: hosted.library, force_title: true }),
    );
    let job: { status: string; result: { clusters: { title: string }[]; title_model: string } | null };
    do {
      job = await json(get('/db/cluster_iib_output_job_status', { job_id }));
    } while (job.result === null && job.status !== 'failed');
    expect(job.result?.clusters.map(({ title }) => title)).toEqual(['Foxes', 'Lighthouses']);
    expect(job.result?.title_model).toBe('gpt-4o-mini');

    const graph = () =>
      json<Graph>(send('POST', '/db/cluster_tag_graph', { folder_paths: [hosted.library], lang: 'en' }));
    expect((await graph()).stats).toMatchObject({ abstracted_by: 'local' });
    expect((await graph()).stats['failure']).toMatch(/overloaded/);
    isDown = false;
    const before = chats();
    const first = await graph();
    expect(first.stats).toMatchObject({ failure: null });
    const asked = chats();
    expect(asked).toBeGreaterThan(before);
    expect(await graph()).toEqual(first);
    expect(chats()).toBe(asked);
  });
});
