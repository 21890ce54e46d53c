import { expect, test } from 'vitest';

import { webJob } from './iib-web-shapes.ts';

const detail = { to_embed: 4, embedded_done: 1 };

test.each([
  ['queued', 'queued', 'queued'],
  ['running', 'embedding', 'running'],
  ['running', 'preview_ready', 'preview_ready'],
  ['running', 'moving', 'moving'],
  ['completed', 'done', 'done'],
  ['failed', 'embedding', 'error'],
  ['cancelled', 'moving', 'error'],
] as const)('a job that is %s at stage %s has the status %s', (status, stage, shown) => {
  expect(webJob({ status, stage, progress_detail: detail })).toEqual({
    status: shown,
    stage,
    progress: detail,
  });
});
