import type { Tag } from '@iib-kit/client/browser';
import type { AutoTagRule } from '@iib-kit/contract';
import { createMemo, createSignal, createUniqueId, For, Show, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { SelectField } from '../../design/fields/select-field.tsx';
import { TextField } from '../../design/fields/text-field.tsx';
import { showToast } from '../../design/toast.tsx';
import { number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { useAddTag, type RuleCondition, type RuleTerms } from '../../library/annotations/auto-tag-rules.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { ConditionFields, emptyCondition } from './condition-fields.tsx';
import styles from './rule-dialog.module.css';
import { RulePreview } from './rule-preview.tsx';

export interface RuleDialogProps {
  /** Undefined for a new one. */
  readonly rule: AutoTagRule | undefined;
  readonly tags: readonly Tag[];
  readonly isSaving: boolean;
  readonly onSave: (rule: AutoTagRule) => Promise<{ readonly tagged: number; readonly untagged: number }>;
  readonly onClose: () => void;
}

/** Creates or edits a rule, and previews what it would tag. */
export function RuleDialog(props: RuleDialogProps): JSX.Element {
  const addTag = useAddTag();
  const tagsId = createUniqueId();
  const [tagName, setTagName] = createSignal(
    props.tags.find(({ id }) => id === props.rule?.tag_id)?.name ?? '',
  );
  const [match, setMatch] = createSignal(props.rule?.match ?? 'all');
  const [conditions, setConditions] = createSignal<readonly RuleCondition[]>(
    props.rule?.conditions ?? [emptyCondition],
  );
  const [previewed, setPreviewed] = createSignal<RuleTerms>();
  const [problem, setProblem] = createSignal<string>();

  const terms = createMemo((): RuleTerms => ({
    match: match(),
    conditions: conditions().filter(({ value }) => value !== ''),
  }));
  const isReady = () => terms().conditions.length > 0;

  const save = async () => {
    setProblem(undefined);
    try {
      const tag = await addTag.mutateAsync(tagName().trim());
      const { tagged, untagged } = await props.onSave({
        ...terms(),
        conditions: [...terms().conditions],
        tag_id: tag.id,
      });
      showToast({ text: t('settings.ruleApplied', { count: tagged, untagged: number(untagged) }) });
      props.onClose();
    } catch (error) {
      setProblem(describeError(error));
    }
  };

  return (
    <Dialog
      title={props.rule === undefined ? t('settings.addRule') : t('settings.editRule')}
      width="wide"
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button disabled={!isReady()} onClick={() => setPreviewed(terms())}>
            {t('settings.tryRule')}
          </Button>
          <Button
            look="primary"
            disabled={!isReady() || tagName().trim() === '' || props.isSaving || addTag.isPending}
            onClick={() => void save()}
          >
            {t('settings.saveRule')}
          </Button>
        </>
      }
    >
      <div class={styles['form']}>
        <div class={styles['head']}>
          <TextField
            label={t('settings.ruleTag')}
            value={tagName()}
            list={tagsId}
            maxlength={255}
            autocomplete="off"
            onInput={(event) => setTagName(event.currentTarget.value)}
          />
          <datalist id={tagsId}>
            <For each={props.tags}>{(tag) => <option value={tag.name} />}</For>
          </datalist>
          <SelectField
            label={t('settings.ruleMatch')}
            value={match()}
            options={[
              { value: 'all', label: t('settings.match.all') },
              { value: 'any', label: t('settings.match.any') },
            ]}
            onChange={setMatch}
          />
        </div>
        <ConditionFields conditions={conditions()} onChange={setConditions} />
        <Show when={problem()}>
          {(text) => (
            <p class={styles['problem']} role="alert">
              {text()}
            </p>
          )}
        </Show>
        <RulePreview terms={previewed()} />
      </div>
    </Dialog>
  );
}
