import { createUniqueId, Show, type JSX } from 'solid-js';

import { IconButton } from '../design/button.tsx';
import { Menu } from '../design/menu.tsx';
import { t } from '../i18n/translate.ts';
import styles from './search-box.module.css';
import { SearchError } from './search-error.tsx';
import { searchProblem } from './search-problem.ts';
import { typedModes } from './search-state.ts';
import { SuggestionList } from './suggestion-list.tsx';
import { useSuggestions } from './use-suggestions.ts';
import { useTypedSearch } from './use-typed-search.ts';

/** Searches images as one types; available in every view. */
export function SearchBox(): JSX.Element {
  const listId = createUniqueId();
  let input: HTMLInputElement | undefined;
  const search = useTypedSearch();
  const suggestions = useSuggestions(search, () => input);
  const problem = () => {
    const found = searchProblem();
    return search.isOnImages() && found?.query === search.text().trim() ? found : undefined;
  };
  const typedMode = () => typedModes.find((mode) => mode === search.mode()) ?? 'query';
  return (
    <form
      class={styles['form']}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        suggestions.close();
        search.submit(search.text());
      }}
      onFocusOut={(event) => {
        if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return;
        suggestions.close();
        search.startNewEntry();
      }}
    >
      <div class={styles['box']}>
        <Menu
          label={t('search.mode')}
          icon="search"
          isIconOnly
          isChoice
          items={typedModes.map((mode) => ({
            label: t(`search.mode.${mode}`),
            hint: t(`search.modeHint.${mode}`),
            isChosen: search.mode() === mode,
            onChoose: () => {
              search.setMode(mode);
              input?.focus();
            },
          }))}
        />
        <input
          ref={input}
          class={styles['input']}
          type="search"
          role="combobox"
          enterkeyhint="search"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-label={t('app.search')}
          aria-autocomplete="list"
          aria-expanded={suggestions.isOpen()}
          aria-controls={listId}
          aria-activedescendant={
            suggestions.isOpen() && suggestions.active() >= 0
              ? `${listId}-${suggestions.active()}`
              : undefined
          }
          aria-invalid={problem() !== undefined}
          placeholder={t(`search.placeholder.${typedMode()}`)}
          value={search.text()}
          onKeyDown={suggestions.onKeyDown}
          onInput={({ currentTarget: { value, selectionStart } }) => {
            search.type(value);
            suggestions.onType(selectionStart ?? value.length);
          }}
          onClick={({ currentTarget: { selectionStart } }) => suggestions.setCaret(selectionStart ?? 0)}
        />
        <Show when={search.text() !== ''}>
          <IconButton
            icon="close"
            label={t('app.clearSearch')}
            onClick={() => {
              suggestions.close();
              search.submit('');
              input?.focus();
            }}
          />
        </Show>
      </div>
      <SuggestionList
        id={listId}
        suggestions={suggestions.list()}
        active={suggestions.active()}
        isOpen={suggestions.isOpen()}
        onAccept={suggestions.accept}
      />
      <div role="status">
        <Show when={!suggestions.isOpen() && problem()}>{(found) => <SearchError problem={found()} />}</Show>
      </div>
    </form>
  );
}
