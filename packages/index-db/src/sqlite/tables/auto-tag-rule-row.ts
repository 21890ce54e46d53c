import {
  type AutoTagCondition,
  autoTagFields,
  autoTagOperators,
  type AutoTagRule,
  IndexError,
} from '@iib-kit/catalog';
import { checkExpressions } from '@iib-kit/catalog/rules';
import type { Sqlite } from '../connection/sqlite.ts';
import { parseStored } from './stored-json.ts';

export interface AutoTagRuleRow {
  readonly id: number;
  readonly tag_id: number;
  readonly matching: string;
  readonly conditions: string;
  /** Null where the tag is gone. */
  readonly tag_name: string | null;
}

/** The rules as they are stored, in the order in which they were made. */
export function autoTagRuleRows(db: Sqlite): readonly AutoTagRuleRow[] {
  return db
    .prepare<[], AutoTagRuleRow>(
      `SELECT r.id, r.tag_id, r.matching, r.conditions, t.name AS tag_name
       FROM auto_tag_rule r LEFT JOIN tag t ON t.id = r.tag_id ORDER BY r.id`,
    )
    .all();
}

/** Undefined for a row that is no rule. */
export function toAutoTagRule({
  tag_id: tagId,
  matching,
  conditions,
}: AutoTagRuleRow): AutoTagRule | undefined {
  const parsed = parseStored(conditions);
  if (matching !== 'all' && matching !== 'any') return undefined;
  return Array.isArray(parsed) && parsed.every(isCondition)
    ? { tagId, match: matching, conditions: parsed }
    : undefined;
}

function isCondition(value: unknown): value is AutoTagCondition {
  if (typeof value !== 'object' || value === null) return false;
  const { field, operator, value: wanted } = value as Readonly<Record<string, unknown>>;
  const isKnown =
    autoTagFields.some((name) => name === field) && autoTagOperators.some((name) => name === operator);
  return isKnown && typeof wanted === 'string';
}

/** Why a row tags nothing; undefined for one that does. */
export function whyUnusable(row: AutoTagRuleRow): string | undefined {
  if (row.tag_name === null) return 'its tag is gone';
  const rule = toAutoTagRule(row);
  if (rule === undefined) return 'its conditions cannot be read';
  try {
    checkExpressions(rule.conditions);
    return undefined;
  } catch (error) {
    if (error instanceof IndexError) return error.message;
    throw error;
  }
}
