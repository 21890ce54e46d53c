import { expect, it } from 'vitest';
import { excludesFrom } from './excludes-from.ts';

it.each([
  [['**/drafts/**'], '/photos/drafts/a.png', true],
  [['**/drafts/**'], '/photos/drafts', true],
  [['**/drafts/**'], '/photos/drafts-2/a.png', false],
  [['*.tmp.png'], '/photos/a.tmp.png', true],
  [['*.tmp.png'], '/photos/a.png', false],
  [['/photos/a'], '/photos/a', true],
  [['thumbs'], '/photos/thumbs', true],
  [[], '/photos/a.png', false],
])('the patterns %j and %s: %s', (patterns, path, expected) => {
  expect(excludesFrom(patterns)(path)).toBe(expected);
});
