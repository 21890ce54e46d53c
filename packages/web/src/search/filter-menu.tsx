import { createSignal, Show, type JSX } from 'solid-js';

import type { IconName } from '../design/icon.tsx';
import { Menu } from '../design/menu.tsx';
import { t } from '../i18n/translate.ts';
import { fieldNames } from './filter-chips.tsx';
import { DateFilter, RatingFilter, TypeFilter } from './plain-filters.tsx';
import { withTerm } from '../query/edit-query.ts';
import { completionFields, type CompletionField } from '@iib-kit/contract/vocabulary';
import { ValueFilter } from './value-filter.tsx';

const filters = [
  { field: 'tag', icon: 'tag' },
  { field: 'model', icon: 'sparkle' },
  { field: 'lora', icon: 'plus' },
  { field: 'sampler', icon: 'settings' },
  { field: 'generator', icon: 'info' },
  { field: 'folder', icon: 'folder' },
  { field: 'type', icon: 'play' },
  { field: 'date', icon: 'calendar' },
  { field: 'rating', icon: 'star' },
] as const satisfies readonly { field: string; icon: IconName }[];

export interface FilterMenuProps {
  readonly query: string;
  readonly onChange: (query: string) => void;
}

/** Adds filters to a query without typing them. */
export function FilterMenu(props: FilterMenuProps): JSX.Element {
  const [chosen, setChosen] = createSignal<(typeof filters)[number]['field']>();
  const close = () => setChosen(undefined);
  const add = (terms: readonly string[]) => {
    props.onChange(terms.reduce(withTerm, props.query));
    close();
  };
  const valueField = (): CompletionField | undefined => completionFields.find((field) => field === chosen());
  return (
    <>
      <Menu
        label={t('search.addFilter')}
        icon="filter"
        items={filters.map(({ field, icon }) => ({
          label: t(fieldNames[field] ?? 'search.field.tag'),
          icon,
          onChoose: () => setChosen(field),
        }))}
      />
      <Show when={valueField()}>
        {(field) => <ValueFilter field={field()} onAdd={add} onClose={close} />}
      </Show>
      <Show when={chosen() === 'type'}>
        <TypeFilter onAdd={add} onClose={close} />
      </Show>
      <Show when={chosen() === 'date'}>
        <DateFilter onAdd={add} onClose={close} />
      </Show>
      <Show when={chosen() === 'rating'}>
        <RatingFilter onAdd={add} onClose={close} />
      </Show>
    </>
  );
}
