import { type AutoTagOutcome, type AutoTagRule, IndexError } from '@iib-kit/catalog';
import { checkExpressions, matchRules, type TaggableImage } from '@iib-kit/catalog/rules';
import { folderRange } from '@iib-kit/catalog/text';
import { autoTagRuleRows, toAutoTagRule, whyUnusable } from '../../tables/auto-tag-rule-row.ts';
import type { WriterStore } from '../writer-store.ts';

/** An image that rules are applied to. */
export interface RuledImage extends TaggableImage {
  readonly id: number;
  readonly doc: number;
}

function checkRule({ db }: WriterStore, { tagId, conditions }: AutoTagRule): void {
  const type = db.prepare('SELECT type FROM tag WHERE id = ?').pluck().get(tagId);
  if (type !== 'custom') {
    throw new IndexError('unknown-tag', `There is no custom tag ${tagId}`, { details: { tagId } });
  }
  checkExpressions(conditions);
}

/** Replaces the rules. Tags that the old ones gave stay. Throws `unknown-tag`, `invalid-regexp`. */
export function setAutoTagRules(store: WriterStore, rules: readonly AutoTagRule[]): void {
  const { db } = store;
  const add = db.prepare('INSERT INTO auto_tag_rule (tag_id, matching, conditions) VALUES (?, ?, ?)');
  store.transaction(() => {
    for (const rule of rules) checkRule(store, rule);
    const unchanged = keepUnchanged(store, rules);
    for (const [index, { tagId, match, conditions }] of rules.entries()) {
      if (!unchanged.has(index)) add.run(tagId, match, JSON.stringify(conditions));
    }
  });
}

/** Drops the rules that are not among the new ones; gives the positions of those that are there already. */
function keepUnchanged({ db }: WriterStore, rules: readonly AutoTagRule[]): Set<number> {
  const kept = new Set<number>();
  const dropHits = db.prepare('DELETE FROM auto_tag_hit WHERE rule_id = ?');
  const drop = db.prepare('DELETE FROM auto_tag_rule WHERE id = ?');
  for (const { id, tag_id: tagId, matching, conditions } of autoTagRuleRows(db)) {
    const index = rules.findIndex(
      (rule, position) =>
        !kept.has(position) &&
        rule.tagId === tagId &&
        rule.match === matching &&
        JSON.stringify(rule.conditions) === conditions,
    );
    if (index !== -1) kept.add(index);
    else {
      dropHits.run(id);
      drop.run(id);
    }
  }
  return kept;
}

interface Applied {
  readonly tagged: number;
  readonly untagged: number;
  readonly timedOut: readonly string[];
}

/** Applies the rules to some images; only ever called inside a transaction. */
export function applyRules(
  store: WriterStore,
  images: readonly RuledImage[],
  isCounted: (image: RuledImage) => boolean = () => true,
): Applied {
  const { db } = store;
  const rows = autoTagRuleRows(db).filter((row) => whyUnusable(row) === undefined);
  if (rows.length === 0 || images.length === 0) return { tagged: 0, untagged: 0, timedOut: [] };
  const rules = rows.flatMap((row) => toAutoTagRule(row) ?? []);
  const { met, timedOut } = matchRules(rules, images);
  const change = createHitChanges(store);
  let tagged = 0;
  let untagged = 0;
  for (const [index, image] of images.entries()) {
    let given = 0;
    let taken = 0;
    for (const [position, { id, tag_id: tagId }] of rows.entries()) {
      if (met[position]?.[index] === true) given += change.hit(id, image, tagId);
      else taken += change.miss(id, image, tagId);
    }
    if (given + taken > 0) change.retag(image);
    if (!isCounted(image)) continue;
    tagged += given;
    untagged += taken;
  }
  return { tagged, untagged, timedOut };
}

function createHitChanges({ db, counts, documents, changes }: WriterStore) {
  const addTag = db.prepare(
    'INSERT OR IGNORE INTO image_tag (image_id, tag_id, created_at) VALUES (?, ?, CURRENT_TIMESTAMP)',
  );
  const dropTag = db.prepare('DELETE FROM image_tag WHERE image_id = ? AND tag_id = ?');
  const addHit = db.prepare('INSERT OR IGNORE INTO auto_tag_hit (rule_id, image_id) VALUES (?, ?)');
  const dropHit = db.prepare('DELETE FROM auto_tag_hit WHERE rule_id = ? AND image_id = ?');
  const otherHit = db.prepare(
    'SELECT 1 FROM auto_tag_hit h JOIN auto_tag_rule r ON r.id = h.rule_id WHERE h.image_id = ? AND r.tag_id = ?',
  );
  const tagsOf = db.prepare<[number], number>('SELECT tag_id FROM image_tag WHERE image_id = ?').pluck();
  return {
    /** Only a tag that the rule itself gave is remembered as its hit, so that it never takes the owner's away. */
    hit(ruleId: number, { id, path }: RuledImage, tagId: number): number {
      if (addTag.run(id, tagId).changes === 0) return 0;
      addHit.run(ruleId, id);
      counts.change(tagId, 1);
      changes.tagged(tagId, path);
      return 1;
    },
    miss(ruleId: number, { id, path }: RuledImage, tagId: number): number {
      if (dropHit.run(ruleId, id).changes === 0 || otherHit.get(id, tagId) !== undefined) return 0;
      if (dropTag.run(id, tagId).changes === 0) return 0;
      counts.change(tagId, -1);
      changes.tagged(tagId, path);
      return 1;
    },
    retag: ({ id, doc }: RuledImage): void => documents.replaceTags(doc, tagsOf.all(id)),
  };
}

/** Applies the rules to the images with these ids; only ever called inside a transaction. */
export function applyRulesTo(store: WriterStore, imageIds: readonly number[]): void {
  if (store.db.prepare('SELECT 1 FROM auto_tag_rule LIMIT 1').get() === undefined) return;
  const find = store.db.prepare<[number], RuledImage>(
    `SELECT i.id, i.path, coalesce(i.exif, '') AS text, m.doc FROM image i JOIN media_info m ON m.image_id = i.id
     WHERE i.id = ?`,
  );
  applyRules(
    store,
    imageIds.flatMap((id) => find.get(id) ?? []),
  );
}

/** Applies the rules to the images that follow an id, as many as asked for, and counts those in some folders; gives the id to go on from. */
export function applyRulesAfter(
  store: WriterStore,
  { after, count, inside }: { after: number; count: number; inside?: readonly string[] | undefined },
): AutoTagOutcome & { readonly last: number | undefined } {
  const images = store.db
    .prepare<[number, number], RuledImage>(
      `SELECT i.id, i.path, coalesce(i.exif, '') AS text, m.doc FROM image i JOIN media_info m ON m.image_id = i.id
       WHERE i.id > ? ORDER BY i.id LIMIT ?`,
    )
    .all(after, count);
  const ranges = inside?.map(folderRange);
  const isCounted = ({ path }: RuledImage): boolean =>
    ranges?.some(({ from, to }) => path >= from && path < to) ?? true;
  const applied = store.transaction(() => applyRules(store, images, isCounted));
  return { ...applied, last: images.at(-1)?.id };
}
