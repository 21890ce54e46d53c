import { createSignal, createUniqueId, For, Show, type JSX } from 'solid-js';

import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Progress } from '../design/progress.tsx';
import { TextField } from '../design/fields/text-field.tsx';
import { number } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { useCompletions } from '../library/search/completions.ts';
import { describeError } from '../library/connection/describe-error.ts';
import { fieldNames } from './filter-chips.tsx';
import { printField } from '../query/print-term.ts';
import type { CompletionField } from '@iib-kit/contract';
import styles from './filters.module.css';

const MAX_VALUES = 60;

const matches = ['all', 'any', 'none'] as const;
type Match = (typeof matches)[number];

export interface FilterProps {
  readonly onAdd: (terms: readonly string[]) => void;
  readonly onClose: () => void;
}

/** Selects values of a field that images must have: all, any, or none of them. */
export function ValueFilter(props: FilterProps & { field: CompletionField }): JSX.Element {
  const [prefix, setPrefix] = createSignal('');
  const [chosen, setChosen] = createSignal<readonly string[]>([]);
  const [match, setMatch] = createSignal<Match>('all');
  const values = useCompletions(() => ({ field: props.field, prefix: prefix() }), MAX_VALUES);
  const group = createUniqueId();
  const formId = createUniqueId();
  /** Selected values stay visible whatever is searched for. */
  const shown = () => {
    const found = values.isSuccess ? values.data : [];
    const others = chosen().filter((value) => !found.some((other) => other.value === value));
    return [...others.map((value) => ({ value, count: undefined })), ...found];
  };
  const toggle = (value: string) =>
    setChosen((before) =>
      before.includes(value) ? before.filter((other) => other !== value) : [...before, value],
    );
  return (
    <Dialog
      title={t(fieldNames[props.field] ?? 'search.field.tag')}
      isOpen
      onClose={props.onClose}
      actions={
        <Button type="submit" form={formId} look="primary" disabled={chosen().length === 0}>
          {t('search.apply')}
        </Button>
      }
    >
      <form
        id={formId}
        class={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen().length > 0) props.onAdd(termsOf(props.field, chosen(), match()));
        }}
      >
        <TextField
          label={t('search.findValue')}
          type="search"
          autofocus
          autocomplete="off"
          value={prefix()}
          onInput={(event) => setPrefix(event.currentTarget.value)}
        />
        <fieldset class={styles['ways']}>
          <legend class="visually-hidden">{t('search.ways')}</legend>
          <For each={matches}>
            {(choice) => (
              <label>
                <input
                  type="radio"
                  name={group}
                  checked={match() === choice}
                  onChange={() => setMatch(choice)}
                />
                {t(`search.way.${choice}`)}
              </label>
            )}
          </For>
        </fieldset>
        <Show when={values.isPending}>
          <Progress label={t('common.loading')} />
        </Show>
        <Show when={values.isError && values.error}>
          {(error) => <p role="alert">{describeError(error())}</p>}
        </Show>
        <Show when={values.isSuccess && shown().length === 0}>
          <p class={styles['empty']}>{t('search.noValues')}</p>
        </Show>
        <ul class={styles['values']}>
          <For each={shown()}>
            {({ value, count }) => (
              <li>
                <label class={styles['value']}>
                  <input type="checkbox" checked={chosen().includes(value)} onChange={() => toggle(value)} />
                  <span class={styles['name']} title={value}>
                    {value}
                  </span>
                  <span class={styles['count']}>{count === undefined ? '' : number(count)}</span>
                </label>
              </li>
            )}
          </For>
        </ul>
      </form>
    </Dialog>
  );
}

function termsOf(field: CompletionField, values: readonly string[], match: Match): string[] {
  // `:` includes subfolders.
  const terms = values.map((value) => printField(field, field === 'folder' ? ':' : '=', value));
  if (match === 'none') return terms.map((term) => `-${term}`);
  return match === 'any' && terms.length > 1 ? [`(${terms.join(' OR ')})`] : terms;
}
