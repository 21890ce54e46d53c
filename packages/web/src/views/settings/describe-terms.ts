import { t } from '../../i18n/translate.ts';
import type { RuleTerms } from '../../library/annotations/auto-tag-rules.ts';

/** Describes the conditions of a rule. */
export function describeTerms({ match, conditions }: RuleTerms): string {
  const parts = conditions.map(({ field, operator, value }) =>
    t('settings.ruleCondition', {
      field: t(`settings.field.${field}`),
      operator: t(`settings.operator.${operator}`),
      value,
    }),
  );
  return parts.join(match === 'all' ? t('settings.and') : t('settings.or'));
}
