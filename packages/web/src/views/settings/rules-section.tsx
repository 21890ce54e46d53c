import type { AutoTagRule } from '@iib-kit/contract';
import { createSignal, Index, Show, type JSX } from 'solid-js';

import { Button, IconButton } from '../../design/button.tsx';
import { Chip } from '../../design/chip.tsx';
import { Progress } from '../../design/progress.tsx';
import { ErrorState } from '../../design/state.tsx';
import { showToast } from '../../design/toast.tsx';
import { t } from '../../i18n/translate.ts';
import { useAutoTagRules, useSetAutoTagRules } from '../../library/annotations/auto-tag-rules.ts';
import { useCustomTags } from '../../library/annotations/custom-tags.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { describeTerms } from './describe-terms.ts';
import { RuleDialog } from './rule-dialog.tsx';
import { Section } from './section.tsx';
import styles from './settings-view.module.css';

/** Lists the auto-tag rules, to add, edit and delete them. */
export function RulesSection(): JSX.Element {
  const rules = useAutoTagRules();
  const tags = useCustomTags();
  const save = useSetAutoTagRules();
  const known = () => (rules.isSuccess ? rules.data : []);
  // The position of the rule being edited; one after the last for a new rule.
  const [edited, setEdited] = createSignal<number>();
  const tagOf = (rule: AutoTagRule) =>
    tags.isSuccess ? tags.data.find(({ id }) => id === rule.tag_id) : undefined;
  const remove = (position: number) => {
    const before = known();
    save.mutate(before.toSpliced(position, 1), {
      onSuccess: () =>
        showToast({
          text: t('settings.ruleRemoved'),
          action: { label: t('common.undo'), onChoose: () => save.mutate(before) },
        }),
      onError: (error) => showToast({ look: 'danger', text: describeError(error) }),
    });
  };
  return (
    <Section title={t('settings.rules')} hint={t('settings.rulesHint')}>
      <Show when={rules.isPending}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={rules.isError && rules.error}>
        {(error) => <ErrorState message={describeError(error())} onRetry={() => void rules.refetch()} />}
      </Show>
      <Show when={rules.isSuccess}>
        <ul class={styles['rows']}>
          <Index each={known()}>
            {(rule, position) => (
              <li class={styles['row']}>
                <Chip
                  label={tagOf(rule())?.name ?? String(rule().tag_id)}
                  color={tagOf(rule())?.color ?? ''}
                />
                <span class={styles['terms']}>{describeTerms(rule())}</span>
                <IconButton icon="edit" label={t('settings.editRule')} onClick={() => setEdited(position)} />
                <IconButton icon="trash" label={t('settings.removeRule')} onClick={() => remove(position)} />
              </li>
            )}
          </Index>
        </ul>
        <div>
          <Button icon="plus" onClick={() => setEdited(known().length)}>
            {t('settings.addRule')}
          </Button>
        </div>
        <Show when={edited() !== undefined}>
          <RuleDialog
            rule={known()[edited() ?? 0]}
            tags={tags.isSuccess ? tags.data : []}
            isSaving={save.isPending}
            onSave={(rule) => save.mutateAsync(known().toSpliced(edited() ?? 0, 1, rule))}
            onClose={() => setEdited(undefined)}
          />
        </Show>
      </Show>
    </Section>
  );
}
