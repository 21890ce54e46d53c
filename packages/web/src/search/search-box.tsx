import { useLocation, useNavigate } from '@solidjs/router';
import {
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  on,
  onCleanup,
  Show,
  type JSX,
} from 'solid-js';

import { basePath } from '../address/base-path.ts';
import { IconButton } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Menu } from '../design/menu.tsx';
import { number } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { useCompletions } from '../library/search/completions.ts';
import { errorSpan } from '../query/error-span.ts';
import { isUnfinished } from '../query/is-unfinished.ts';
import { findTypedPart } from '../query/typed-part.ts';
import { searchProblem } from './search-problem.ts';
import { typedModes, useSearchState, type SearchMode } from './search-state.ts';
import styles from './search-box.module.css';
import { suggestionsFor, completionRequest, withSuggestion, type Suggestion } from './suggestions.ts';

/** A search is asked at once, and again at most this often while one types, in milliseconds. */
const TYPING_PAUSE = 30;

const MOST_SUGGESTIONS = 8;

/** Searches images as one types, from every view. */
export function SearchBox(): JSX.Element {
  const state = useSearchState();
  const location = useLocation();
  const navigate = useNavigate();
  const isOnImages = () => location.pathname.replace(/\/$/, '') === basePath;
  const listId = createUniqueId();

  /** An image that others are like is no text to edit. */
  const typedMode = () => typedModes.find((mode) => mode === state.mode());
  const present = createMemo(() => (isOnImages() && typedMode() !== undefined ? state.query() : ''));
  const [text, setText] = createSignal(present());
  const [caret, setCaret] = createSignal(0);
  const [isOpen, setOpen] = createSignal(false);
  const [active, setActive] = createSignal(-1);
  let input: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  /** What was typed and is on its way into the address, where it may arrive when more is typed already. */
  let onTheWay: readonly string[] = [];
  // Back, chips, and links to a search.
  createEffect(
    on(present, (query) => {
      const arrived = onTheWay.indexOf(query);
      onTheWay = arrived === -1 ? [] : onTheWay.slice(arrived + 1);
      if (arrived === -1 && query !== text().trim()) setText(query);
    }),
  );
  const [mode, setMode] = createSignal<SearchMode>(typedMode() ?? 'query');
  createEffect(on(typedMode, (next) => setMode(next ?? 'query')));

  /** Whether what is typed goes on with the search that stands in the address, instead of being another one. */
  let isGoingOn = false;
  let appliedAt = Number.NEGATIVE_INFINITY;
  const apply = (value: string, isFinal: boolean) => {
    clearTimeout(timer);
    const query = value.trim();
    if (!isFinal && !isAskable(query, mode())) return;
    appliedAt = performance.now();
    if (isOnImages()) {
      if (query !== (onTheWay.at(-1) ?? present())) onTheWay = [...onTheWay, query];
      state.set({ query, mode: mode() }, { replace: isGoingOn });
    } else if (isFinal) navigate(searchAddress(query, mode()));
    isGoingOn = !isFinal;
  };
  const change = (value: string, position: number) => {
    setText(value);
    setCaret(position);
    setActive(-1);
    setOpen(true);
    clearTimeout(timer);
    timer = setTimeout(() => apply(value, false), appliedAt + TYPING_PAUSE - performance.now());
  };

  const part = createMemo(() =>
    mode() === 'query' && isOpen() ? findTypedPart(text(), caret()) : undefined,
  );
  const completions = useCompletions(() => completionRequest(part()), MOST_SUGGESTIONS);
  const suggestions = createMemo((): readonly Suggestion[] => {
    const values = completionRequest(part()) !== undefined && completions.isSuccess ? completions.data : [];
    return suggestionsFor(part(), values).slice(0, MOST_SUGGESTIONS);
  });
  const isListOpen = () => isOpen() && suggestions().length > 0;
  const accept = (suggestion: Suggestion) => {
    const replaced = part();
    if (replaced === undefined) return;
    const next = withSuggestion(text(), replaced, suggestion);
    change(next.query, next.caret);
    setOpen(suggestion.isField);
    input?.focus();
    queueMicrotask(() => input?.setSelectionRange(next.caret, next.caret));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const count = suggestions().length;
    const suggestion = suggestions()[active()];
    if (event.isComposing) return;
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((at) => (at === -1 && step === -1 ? count - 1 : (at + step + count) % count));
    } else if ((event.key === 'Enter' || event.key === 'Tab') && isListOpen() && suggestion !== undefined) {
      event.preventDefault();
      accept(suggestion);
    } else if (event.key === 'Escape' && isListOpen()) {
      event.preventDefault();
      setOpen(false);
    }
  };
  const problem = () => {
    const found = searchProblem();
    return found !== undefined && isOnImages() && found.query === text().trim() ? found : undefined;
  };
  return (
    <form
      class={styles['form']}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        setOpen(false);
        apply(text(), true);
      }}
      onFocusOut={(event) => {
        if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return;
        setOpen(false);
        isGoingOn = false;
      }}
    >
      <div class={styles['box']}>
        <Menu
          label={t('search.mode')}
          icon="search"
          isIconOnly
          isChoice
          items={typedModes.map((choice) => ({
            label: t(`search.mode.${choice}`),
            hint: t(`search.modeHint.${choice}`),
            isChosen: mode() === choice,
            onChoose: () => {
              setMode(choice);
              apply(text(), true);
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
          aria-expanded={isListOpen()}
          aria-controls={listId}
          aria-activedescendant={isListOpen() && active() >= 0 ? `${listId}-${active()}` : undefined}
          aria-invalid={problem() !== undefined}
          placeholder={t(`search.placeholder.${typedModes.find((choice) => choice === mode()) ?? 'query'}`)}
          value={text()}
          onKeyDown={onKeyDown}
          onInput={({ currentTarget: { value, selectionStart } }) =>
            change(value, selectionStart ?? value.length)
          }
          onClick={({ currentTarget: { selectionStart } }) => setCaret(selectionStart ?? 0)}
        />
        <Show when={text() !== ''}>
          <IconButton
            icon="close"
            label={t('app.clearSearch')}
            onClick={() => {
              setText('');
              setOpen(false);
              apply('', true);
              input?.focus();
            }}
          />
        </Show>
      </div>
      <ul
        id={listId}
        class={styles['list']}
        role="listbox"
        aria-label={t('search.suggestions')}
        hidden={!isListOpen()}
      >
        <For each={suggestions()}>
          {(suggestion, at) => (
            <li
              id={`${listId}-${at()}`}
              class={styles['option']}
              role="option"
              aria-selected={at() === active()}
              onPointerDown={(event) => {
                // The caret stays where it is.
                event.preventDefault();
                accept(suggestion);
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
      <div role="status">
        <Show when={!isListOpen() && problem()}>
          {(found) => (
            <div class={styles['problem']}>
              <Icon name="warning" size={16} />
              <div>
                <p>{found().message}</p>
                <Show when={found().position !== undefined}>
                  <MarkedQuery query={found().query} position={found().position ?? 0} />
                </Show>
              </div>
            </div>
          )}
        </Show>
      </div>
    </form>
  );
}

/** Whether a search may be asked for while one types. */
function isAskable(query: string, mode: SearchMode): boolean {
  switch (mode) {
    case 'query':
      return !isUnfinished(query);
    case 'regexp':
      return isExpression(query);
    case 'meaning':
      // It is looked for by a model: once, not at each letter.
      return false;
    default:
      return true;
  }
}

function isExpression(text: string): boolean {
  try {
    return new RegExp(text, 'ims').flags !== '';
  } catch {
    return false;
  }
}

function searchAddress(query: string, mode: SearchMode): string {
  const parameters = new URLSearchParams({ q: query });
  if (mode !== 'query') parameters.set('mode', mode);
  return `/?${parameters.toString()}`;
}

/** A query with the part marked in which something is wrong. */
function MarkedQuery(props: { query: string; position: number }): JSX.Element {
  const part = () => errorSpan(props.query, props.position);
  return (
    <code class={styles['marked']}>
      {props.query.slice(0, part().start)}
      <mark>{props.query.slice(part().start, part().end) || '⌷'}</mark>
      {props.query.slice(part().end)}
    </code>
  );
}
