import { Index, type JSX } from 'solid-js';

import { Button, IconButton } from '../../design/button.tsx';
import { SelectField } from '../../design/fields/select-field.tsx';
import { TextField } from '../../design/fields/text-field.tsx';
import { t } from '../../i18n/translate.ts';
import type { RuleCondition } from '../../library/annotations/auto-tag-rules.ts';
import { autoTagFields, autoTagOperators } from '@iib-kit/contract/vocabulary';
import styles from './rule-dialog.module.css';

export const emptyCondition: RuleCondition = { field: 'prompt', operator: 'contains', value: '' };

export interface ConditionFieldsProps {
  readonly conditions: readonly RuleCondition[];
  readonly onChange: (conditions: readonly RuleCondition[]) => void;
}

/** The conditions of a rule, of which at least one remains. */
export function ConditionFields(props: ConditionFieldsProps): JSX.Element {
  const change = (position: number, part: Partial<RuleCondition>) =>
    props.onChange(props.conditions.map((one, at) => (at === position ? { ...one, ...part } : one)));
  return (
    <>
      <Index each={props.conditions}>
        {(condition, position) => (
          <fieldset class={styles['condition']}>
            <legend class="visually-hidden">{t('settings.condition', { position: position + 1 })}</legend>
            <SelectField
              label={t('settings.field')}
              value={condition().field}
              options={autoTagFields.map((field) => ({ value: field, label: t(`settings.field.${field}`) }))}
              onChange={(field) => change(position, { field })}
            />
            <SelectField
              label={t('settings.operator')}
              value={condition().operator}
              options={autoTagOperators.map((operator) => ({
                value: operator,
                label: t(`settings.operator.${operator}`),
              }))}
              onChange={(operator) => change(position, { operator })}
            />
            <TextField
              label={t('settings.value')}
              value={condition().value}
              maxlength={1024}
              autocomplete="off"
              spellcheck={false}
              onInput={(event) => change(position, { value: event.currentTarget.value })}
            />
            <IconButton
              icon="minus"
              label={t('settings.removeCondition', { position: position + 1 })}
              disabled={props.conditions.length === 1}
              onClick={() => props.onChange(props.conditions.toSpliced(position, 1))}
            />
          </fieldset>
        )}
      </Index>
      <div>
        <Button icon="plus" onClick={() => props.onChange([...props.conditions, emptyCondition])}>
          {t('settings.addCondition')}
        </Button>
      </div>
    </>
  );
}
