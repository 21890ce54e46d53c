import { expect, test } from 'vitest';

import { closeResources, type ServiceResources } from './service-resources.ts';

/** All parts, which note their closing; those named fail at it. */
function allParts(failing: readonly string[] = []): { parts: Required<ServiceResources>; closed: string[] } {
  const closed: string[] = [];
  const part = (name: string) => ({
    async close() {
      closed.push(name);
      if (failing.includes(name)) throw new Error(`${name} cannot be closed`);
    },
  });
  const atOnce = (name: string) => ({ close: () => void closed.push(name) });
  const parts = {
    index: part('index'),
    thumbnails: part('thumbnails'),
    lister: part('lister'),
    files: part('files'),
    archives: atOnce('archives'),
    organizer: part('organizer'),
    jobs: part('jobs'),
    watch: part('watch'),
    housekeeping: part('housekeeping'),
    streams: atOnce('streams'),
    backups: atOnce('backups'),
  };
  return { parts, closed };
}

const order = [
  'backups',
  'streams',
  'housekeeping',
  'watch',
  'jobs',
  'organizer',
  'archives',
  'files',
  'lister',
  'thumbnails',
  'index',
];

test('what asks is closed before what answers', async () => {
  const { parts, closed } = allParts();
  await closeResources(parts);
  expect(closed).toEqual(order);
});

test('one that cannot be closed leaves no other open, and is told of', async () => {
  const { parts, closed } = allParts(['jobs', 'lister']);
  await expect(closeResources(parts)).rejects.toThrow('jobs cannot be closed');
  expect(closed).toEqual(order);
});

test('what was not opened is passed over', async () => {
  const { parts, closed } = allParts();
  await closeResources({ jobs: parts.jobs, index: parts.index });
  expect(closed).toEqual(['jobs', 'index']);
});
