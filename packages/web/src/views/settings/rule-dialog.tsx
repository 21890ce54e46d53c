import type { Tag } from '@iib-kit/client/browser';
import type { AutoTagRule } from '@iib-kit/contract';
import { createMemo, createSignal, createUniqueId, For, Index, Show, type JSX } from 'solid-js';

import { Button, IconButton } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Progress } from '../../design/progress.tsx';
import { SelectField } from '../../design/fields/select-field.tsx';
import { TextField } from '../../design/fields/text-field.tsx';
import { showToast } from '../../design/toast.tsx';
import { number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import {
  useAddTag,
  useRulePreview,
  type RuleCondition,
  type RuleTerms,
} from '../../library/annotations/auto-tag-rules.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { Thumbnail } from '../../components/thumbnail.tsx';
import { autoTagFields, autoTagOperators } from '@iib-kit/contract/vocabulary';
import styles from './rule-dialog.module.css';

export interface RuleDialogProps {
  /** Undefined for a new one. */
  readonly rule: AutoTagRule | undefined;
  readonly tags: readonly Tag[];
  readonly isSaving: boolean;
  readonly onSave: (rule: AutoTagRule) => Promise<{ readonly tagged: number; readonly untagged: number }>;
  readonly onClose: () => void;
}

const emptyCondition: RuleCondition = { field: 'prompt', operator: 'contains', value: '' };

/** Makes or changes a rule, and shows what it would tag before it is kept. */
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
  const [tried, setTried] = createSignal<RuleTerms>();
  const [problem, setProblem] = createSignal<string>();
  const trial = useRulePreview(tried);

  const terms = createMemo((): RuleTerms => ({
    match: match(),
    conditions: conditions().filter(({ value }) => value !== ''),
  }));
  const isReady = () => terms().conditions.length > 0;
  const change = (position: number, part: Partial<RuleCondition>) =>
    setConditions((before) => before.map((one, at) => (at === position ? { ...one, ...part } : one)));

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
          <Button disabled={!isReady()} onClick={() => setTried(terms())}>
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
        <Index each={conditions()}>
          {(condition, position) => (
            <fieldset class={styles['condition']}>
              <legend class="visually-hidden">{t('settings.condition', { position: position + 1 })}</legend>
              <SelectField
                label={t('settings.field')}
                value={condition().field}
                options={autoTagFields.map((field) => ({
                  value: field,
                  label: t(`settings.field.${field}`),
                }))}
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
                disabled={conditions().length === 1}
                onClick={() => setConditions((before) => before.toSpliced(position, 1))}
              />
            </fieldset>
          )}
        </Index>
        <div>
          <Button icon="plus" onClick={() => setConditions((before) => [...before, emptyCondition])}>
            {t('settings.addCondition')}
          </Button>
        </div>
        <Show when={problem()}>
          {(words) => (
            <p class={styles['problem']} role="alert">
              {words()}
            </p>
          )}
        </Show>
        <Show when={tried() !== undefined && trial.isFetching}>
          <Progress label={t('settings.trying')} />
        </Show>
        <Show when={trial.isError && trial.error}>
          {(error) => (
            <p class={styles['problem']} role="alert">
              {describeError(error())}
            </p>
          )}
        </Show>
        <Show when={trial.isSuccess && !trial.isFetching && trial.data}>
          {(outcome) => (
            <section class={styles['trial']} aria-live="polite">
              <p>
                {t('settings.trialMatches', { count: outcome().matched, among: number(outcome().looked_at) })}
              </p>
              <Show when={outcome().timed_out.length > 0}>
                <p class={styles['problem']}>
                  {t('settings.trialTimedOut', { expressions: outcome().timed_out.join(', ') })}
                </p>
              </Show>
              <ul class={styles['examples']}>
                <For each={outcome().examples}>
                  {(file) => (
                    <li>
                      <Thumbnail file={file} />
                    </li>
                  )}
                </For>
              </ul>
            </section>
          )}
        </Show>
      </div>
    </Dialog>
  );
}
