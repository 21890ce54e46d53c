import { For, Show, type JSX } from 'solid-js';

import { number } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import styles from './search-box.module.css';
import type { Suggestion } from './suggestions.ts';

export interface SuggestionListProps {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  readonly active: number;
  readonly isOpen: boolean;
  readonly onAccept: (suggestion: Suggestion) => void;
}

/** The list below the search box; its options have the ids `ID-0`, `ID-1` and so on. */
export function SuggestionList(props: SuggestionListProps): JSX.Element {
  return (
    <ul
      id={props.id}
      class={styles['list']}
      role="listbox"
      aria-label={t('search.suggestions')}
      hidden={!props.isOpen}
    >
      <For each={props.suggestions}>
        {(suggestion, position) => (
          <li
            id={`${props.id}-${position()}`}
            class={styles['option']}
            role="option"
            aria-selected={position() === props.active}
            onPointerDown={(event) => {
              // Keeps the caret where it is.
              event.preventDefault();
              props.onAccept(suggestion);
            }}
          >
            <span class={styles['label']}>{suggestion.label}</span>
            <Show when={suggestion.count !== undefined}>
              <span class={styles['count']}>{number(suggestion.count ?? 0)}</span>
            </Show>
          </li>
        )}
      </For>
    </ul>
  );
}
