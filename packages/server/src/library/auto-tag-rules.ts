import { errorCode } from '../ports/error-code.ts';
import { Refusal } from '../ports/refusal.ts';
import type { Tags, AutoTagRules, Settings, AutoTagRule } from '@iib-kit/catalog';
import { checkExpressions } from '@iib-kit/catalog/rules';

type RuleIndex = AutoTagRules &
  Pick<Settings, 'settings' | 'setSetting'> &
  Pick<Tags, 'createTag' | 'tagsById'>;
import { text, type Text } from '../ports/text.ts';

/** The setting in which IIB keeps its rules. */
export const AUTO_TAG_SETTING = 'auto_tag_rules';

type Condition = AutoTagRule['conditions'][number];

/** A rule as IIB writes it: the tag goes to images for which all filters hold. */
interface IibRule {
  readonly tag: string;
  readonly filters: readonly { readonly field: string; readonly operator: string; readonly value: string }[];
}

/** Names of IIB beside ours. */
const fieldNames: readonly (readonly [string, Condition['field']])[] = [
  ['pos_prompt', 'prompt'],
  ['neg_prompt', 'negative_prompt'],
  ['Model', 'model'],
  ['Sampler', 'sampler'],
  ['text', 'text'],
  ['path', 'path'],
];

const operators: readonly Condition['operator'][] = ['contains', 'equals', 'regex'];

/** Replaces the rules, and writes them to the setting of IIB, where its front end finds them. Counts images in some folders. */
export async function applyRules(
  index: RuleIndex,
  rules: readonly AutoTagRule[],
  inside?: readonly string[],
): ReturnType<AutoTagRules['setAutoTagRules']> {
  const outcome = await index.setAutoTagRules(rules, inside && { inside });
  const tags = await index.tagsById([...new Set(rules.map((rule) => rule.tagId))]);
  const written = rules.flatMap((rule) => toIibRules(rule, tags.get(rule.tagId)?.name ?? ''));
  await index.setSetting(AUTO_TAG_SETTING, written);
  return outcome;
}

/** Takes rules as IIB writes them, making the tags that they name. Throws a `Refusal` 400 naming what is wrong. */
export async function applyIibRules(index: RuleIndex, value: unknown): Promise<void> {
  const parsed = parseIibRules(value);
  const rules: AutoTagRule[] = [];
  for (const { tag, conditions } of parsed) {
    const { id } = await index.createTag(tag);
    rules.push({ tagId: id, match: 'all', conditions });
  }
  await index.setAutoTagRules(rules);
  await index.setSetting(
    AUTO_TAG_SETTING,
    parsed.map(({ tag, filters }) => ({ tag, filters })),
  );
}

/**
 * Lets the rules of a database that only IIB has used so far tag what comes from now on. Gives why rules cannot be used,
 * those of the setting and those that the index has: each is passed over, as IIB does, and the others work.
 */
export async function adoptIibRules(index: RuleIndex): Promise<readonly Text[]> {
  const own = (await index.unusableAutoTagRules()).map((words) => text(words, words));
  const written = (await index.settings()).get(AUTO_TAG_SETTING);
  if (!Array.isArray(written) || written.length === 0 || (await index.autoTagRules()).length > 0) return own;
  const unusable: Text[] = [];
  const rules: AutoTagRule[] = [];
  for (const [position, value] of written.entries()) {
    try {
      const { tag, conditions } = parseRule(value, `rule ${position + 1}`);
      checkExpressions(conditions);
      rules.push({ tagId: (await index.createTag(tag)).id, match: 'all', conditions });
    } catch (error) {
      unusable.push(whyPassedOver(error, position));
    }
  }
  if (rules.length > 0) await index.setAutoTagRules(rules);
  return [...own, ...unusable];
}

/** Throws what says nothing of the rule. */
function whyPassedOver(error: unknown, position: number): Text {
  if (error instanceof Refusal) return error.text;
  if (!(error instanceof Error) || errorCode(error) !== 'invalid-regexp') throw error;
  return text(`rule ${position + 1}: ${error.message}`, `rule ${position + 1}：${error.message}`);
}

/** Keeps the setting of IIB in step with a tag that was renamed or, without a new name, removed. */
export async function followTagInRules(
  index: RuleIndex,
  name: string,
  newName: string | undefined,
): Promise<void> {
  const written = (await index.settings()).get(AUTO_TAG_SETTING);
  if (!Array.isArray(written) || !written.some((rule) => isRuleOf(rule, name))) return;
  const followed = written.flatMap((rule: unknown) => {
    if (!isRuleOf(rule, name)) return [rule];
    return newName === undefined ? [] : [{ ...rule, tag: newName }];
  });
  await index.setSetting(AUTO_TAG_SETTING, followed);
}

function isRuleOf(rule: unknown, name: string): rule is IibRule {
  return typeof rule === 'object' && rule !== null && 'tag' in rule && rule.tag === name;
}

/** A rule that any of several conditions meets is several rules to IIB. */
function toIibRules({ match, conditions }: AutoTagRule, tag: string): IibRule[] {
  const filters = conditions.map(({ field, operator, value }) => ({
    field: fieldNames.find(([, ours]) => ours === field)?.[0] ?? field,
    operator,
    value,
  }));
  return match === 'all' ? [{ tag, filters }] : filters.map((filter) => ({ tag, filters: [filter] }));
}

interface ParsedRule extends IibRule {
  readonly conditions: readonly Condition[];
}

function parseIibRules(value: unknown): ParsedRule[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw wrong(text('must be a list of rules', '必须是规则列表'));
  return value.map((rule: unknown, position) => parseRule(rule, `rule ${position + 1}`));
}

function parseRule(rule: unknown, name: string): ParsedRule {
  const { tag, filters } = asRecord(rule, name);
  if (typeof tag !== 'string' || tag.trim() === '' || tag.length > 255)
    throw wrong(text(`${name} must name a tag`, `${name} 必须指定标签`));
  if (!Array.isArray(filters))
    throw wrong(text(`${name} must have a list of filters`, `${name} 必须有 filters 列表`));
  const parsed = filters.map((filter: unknown) => parseFilter(filter, name));
  return { tag: tag.trim(), filters: parsed, conditions: parsed.map((filter) => toCondition(filter, name)) };
}

function parseFilter(filter: unknown, rule: string): IibRule['filters'][number] {
  const { field, operator, value } = asRecord(filter, `a filter of ${rule}`);
  if (typeof field !== 'string' || field === '')
    throw wrong(text(`a filter of ${rule} must name a field`, `${rule} 的条件必须指定 field`));
  if (typeof operator !== 'string' || typeof value !== 'string' || value === '' || value.length > 1024) {
    throw wrong(
      text(`a filter of ${rule} must have an operator and a value`, `${rule} 的条件必须有 operator 和 value`),
    );
  }
  return { field, operator, value };
}

function toCondition({ field, operator: name, value }: IibRule['filters'][number], rule: string): Condition {
  const operator = operators.find((known) => known === name);
  if (operator === undefined) {
    const [shown, all] = [JSON.stringify(name), operators.join(', ')];
    throw wrong(
      text(
        `${rule} has the operator ${shown}, which is none of ${all}`,
        `${rule} 的 operator ${shown} 不是 ${all} 之一`,
      ),
    );
  }
  const known = fieldNames.find(([iib, ours]) => iib === field || ours === field);
  if (known !== undefined) return { field: known[1], operator, value };
  return { field: 'text', operator: 'regex', value: inSettingsLine(field, operator, value) };
}

/** Finds a field such as `CFG scale` in the line of settings that ends every text. */
function inSettingsLine(field: string, operator: Condition['operator'], value: string): string {
  const start = `(?:^|, )${escapeRegExp(field)}: `;
  switch (operator) {
    case 'contains':
      return `${start}(?:"[^"\\n]*|[^,"\\n]*)${escapeRegExp(value)}`;
    case 'equals':
      return `${start}"?${escapeRegExp(value)}"?(?:,|$)`;
    case 'regex':
      return `${start}(?:"[^"\\n]*|[^,"\\n]*?)(?:${value})`;
    default:
      return operator satisfies never;
  }
}

function escapeRegExp(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function asRecord(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw wrong(text(`${name} must be an object`, `${name} 必须是对象`));
}

function wrong(problem: Text): Refusal {
  return new Refusal('invalid-auto-tag-rules', { setting: AUTO_TAG_SETTING, problem });
}
