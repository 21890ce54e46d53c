import { For, type JSX } from 'solid-js';

import { Chip } from '../design/chip.tsx';
import type { IconName } from '../design/icon.tsx';
import { t, type LabelKey } from '../i18n/translate.ts';
import { withoutTerm, withTermNegated } from '../query/edit-query.ts';
import { parseTerms, type QueryTerm } from '../query/query-term.ts';

const icons: Readonly<Record<string, IconName>> = {
  tag: 'tag',
  folder: 'folder',
  date: 'calendar',
  rating: 'star',
  type: 'images',
};

export interface FilterChipsProps {
  readonly query: string;
  readonly onChange: (query: string) => void;
}

/** The terms of a query other than plain words, as chips that can be removed or negated. */
export function FilterChips(props: FilterChipsProps): JSX.Element {
  return (
    <For each={parseTerms(props.query).filter(({ kind, isNegated }) => kind !== 'word' || isNegated)}>
      {(term) => (
        <Chip
          label={labelOf(term)}
          look={term.isNegated ? 'danger' : 'plain'}
          {...(icons[term.field ?? ''] === undefined ? {} : { icon: icons[term.field ?? ''] ?? 'filter' })}
          title={t(term.isNegated ? 'search.include' : 'search.exclude')}
          onClick={() => props.onChange(withTermNegated(props.query, term))}
          onRemove={() => props.onChange(withoutTerm(props.query, term))}
        />
      )}
    </For>
  );
}

function labelOf(term: QueryTerm): string {
  const label = term.kind === 'field' ? fieldLabel(term) : term.value;
  return term.isNegated ? t('search.not', { term: label }) : label;
}

function fieldLabel({ field = '', comparison = '', value }: QueryTerm): string {
  const name = fieldNames[field];
  const shown = field === 'folder' ? (value.split(/[\\/]/).findLast((part) => part !== '') ?? value) : value;
  const sign = comparison === ':' || comparison === '=' ? ':' : ` ${comparison}`;
  return `${name === undefined ? field : t(name)}${sign} ${shown}`;
}

export const fieldNames: Readonly<Record<string, LabelKey>> = {
  tag: 'search.field.tag',
  model: 'search.field.model',
  lora: 'search.field.lora',
  sampler: 'search.field.sampler',
  source: 'search.field.source',
  generator: 'search.field.generator',
  folder: 'search.field.folder',
  type: 'search.field.type',
  date: 'search.field.date',
  rating: 'search.field.rating',
  steps: 'search.field.steps',
  seed: 'search.field.seed',
  width: 'search.field.width',
  height: 'search.field.height',
  size: 'search.field.size',
  name: 'search.field.name',
  path: 'search.field.path',
  note: 'search.field.note',
};
