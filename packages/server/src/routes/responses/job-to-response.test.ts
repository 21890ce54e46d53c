import { expect, test } from 'vitest';

import { jobDetailToResponse, jobResultToResponse } from './job-to-response.ts';

const detail = {
  scanned: 7,
  to_embed: 6,
  embedded_done: 5,
  items_total: 4,
  items_done: 3,
  clusters_total: 2,
  clusters_done: 1,
  moved_done: 8,
  moved_total: 9,
  current_file: '/a',
  created_folders: ['/b'],
};

test('details have the names of the wire, in their order', () => {
  const own = {
    scanned: 7,
    toEmbed: 6,
    embeddedDone: 5,
    itemsTotal: 4,
    itemsDone: 3,
    clustersTotal: 2,
    clustersDone: 1,
    movedDone: 8,
    movedTotal: 9,
    currentFile: '/a',
    createdFolders: ['/b'],
  };
  expect(JSON.stringify(jobDetailToResponse(own))).toBe(JSON.stringify(detail));
});

test('details that an earlier version stored stay as they are', () => {
  expect(JSON.stringify(jobDetailToResponse(detail))).toBe(JSON.stringify(detail));
});

test.each([
  ['index', { added: 1, failedCount: 2, failed: [] }, { added: 1, failed_count: 2, failed: [] }],
  ['index', { added: 1, failed_count: 2, failed: [] }, { added: 1, failed_count: 2, failed: [] }],
  ['organize', { movedCount: 3, errors: 0 }, { moved_count: 3, errors: 0 }],
  ['organize', { moved_count: 3, errors: 0 }, { moved_count: 3, errors: 0 }],
  ['organize', { restoredCount: 3, errors: 0 }, { restored_count: 3, errors: 0 }],
  ['embed', { count: 1, skippedFailed: 2 }, { count: 1, skippedFailed: 2 }],
  ['zip', 'a.zip', 'a.zip'],
  ['organize', undefined, null],
])('a result of the kind %s, %j, is %j', (kind, stored, answer) => {
  expect(jobResultToResponse(kind, stored)).toEqual(answer);
});
