import { expect, test } from 'vitest';

import { webJob, webOrganizeStatus } from './iib-web-shapes.ts';

const detail = { to_embed: 4, embedded_done: 1 };

test.each([
  ['queued', 'queued', 'queued'],
  ['running', 'embedding', 'running'],
  ['completed', 'preview_ready', 'preview_ready'],
  ['running', 'moving', 'moving'],
  ['completed', 'done', 'done'],
  ['running', 'undoing', 'running'],
  ['completed', 'undone', 'done'],
  ['failed', 'embedding', 'error'],
  ['cancelled', 'moving', 'error'],
] as const)('a job that is %s at stage %s has the status %s', (status, stage, shown) => {
  expect(webJob({ status, stage, progress_detail: detail })).toEqual({
    status: shown,
    stage,
    progress: detail,
  });
});

test('a run that sorts files leaves out what it has none of', () => {
  const progress_detail = {
    stage: 'planning',
    embedded_done: 0,
    to_embed: 0,
    clusters_done: 0,
    clusters_total: 0,
    moved_done: 0,
    moved_total: 0,
    current_file: '',
    created_folders: [],
    errors: [],
  };
  const req = {
    folder_paths: ['/library'],
    dest_folder: '/library',
    threshold: 0.9,
    min_cluster_size: 2,
    lang: 'en',
    recursive: false,
    folder_naming: 'title',
    max_folder_name_length: 50,
    action: 'move',
    handle_noise: 'unsorted',
    noise_folder_name: 'Unsorted',
  } as const;
  const times = { created_at: 1, updated_at: 2 };
  const run = {
    job_id: 'a',
    stage: 'planning',
    progress: 0.5,
    progress_detail,
    req: { ...req, folder_paths: ['/library'] },
  };
  const nothing = { preview: null, result: null, error: null };
  expect(webOrganizeStatus({ ...run, ...nothing, ...times, status: 'running' })).toEqual({
    job_id: 'a',
    status: 'running',
    stage: 'planning',
    progress: progress_detail,
    req,
    ...times,
  });
  expect(
    webOrganizeStatus({ ...run, ...nothing, ...times, status: 'cancelled', error: 'stopped' }),
  ).toMatchObject({
    status: 'error',
    error: 'stopped',
  });
});
