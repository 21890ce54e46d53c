import type { AutoTagTrial, AutoTagTrialRequest } from '@iib-kit/catalog';
import { checkExpressions, matchRules, type TaggableImage } from '@iib-kit/catalog/rules';
import type { Sqlite } from '../../connection/sqlite.ts';
import { scopeOf } from '../statistics/scope.ts';
import { imagesById } from './lookups.ts';

/** Images that are matched at once, so that their texts are not all in memory. */
const batch = 1000;

/** Which of the newest images meet a rule, without tagging any. Throws `invalid-regexp`. */
export function tryAutoTagRule(
  db: Sqlite,
  { rule, among = 10_000, examples = 24, inside }: AutoTagTrialRequest,
): AutoTagTrial {
  checkExpressions(rule.conditions);
  const scope = scopeOf(db, inside);
  const newest = db.prepare<(string | number)[], TaggableImage & { readonly id: number }>(
    `SELECT i.id, i.path, coalesce(i.exif, '') AS text FROM media_info m JOIN image i ON i.id = m.image_id
     ${scope === undefined ? '' : `WHERE ${scope.holds}`} ORDER BY m.modified DESC, m.image_id DESC LIMIT ? OFFSET ?`,
  );
  const timedOut = new Set<string>();
  const shown: number[] = [];
  let lookedAt = 0;
  let matched = 0;
  while (lookedAt < among) {
    const images = newest.all(...(scope?.parameters ?? []), Math.min(batch, among - lookedAt), lookedAt);
    if (images.length === 0) break;
    const outcome = matchRules([{ ...rule, tagId: 0 }], images);
    for (const expression of outcome.timedOut) timedOut.add(expression);
    for (const [index, { id }] of images.entries()) {
      if (outcome.met[0]?.[index] !== true) continue;
      matched += 1;
      if (shown.length < examples) shown.push(id);
    }
    lookedAt += images.length;
  }
  return { lookedAt, matched, examples: [...imagesById(db, shown).values()], timedOut: [...timedOut] };
}
