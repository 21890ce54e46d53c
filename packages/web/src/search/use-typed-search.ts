import { useLocation, useNavigate } from '@solidjs/router';
import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js';

import { basePath } from '../address/base-path.ts';
import { isUnfinished } from '../query/is-unfinished.ts';
import { typedModes, useSearchState, type SearchMode } from './search-state.ts';

/** Typing searches at most this often, in milliseconds. */
const TYPING_INTERVAL = 30;

export interface TypedSearch {
  readonly text: Accessor<string>;
  readonly mode: Accessor<SearchMode>;
  /** Whether the images view is shown, where each letter searches. */
  readonly isOnImages: Accessor<boolean>;
  /** Changes the text, and searches as soon as it makes sense. */
  readonly type: (text: string) => void;
  /** Searches for a text now. */
  readonly submit: (text: string) => void;
  readonly setMode: (mode: SearchMode) => void;
  /** Makes the next search a history entry of its own, instead of replacing the one of the last letter. */
  readonly startNewEntry: () => void;
}

/** The text of the search box and the search in the address, each following the other. */
export function useTypedSearch(): TypedSearch {
  const state = useSearchState();
  const location = useLocation();
  const navigate = useNavigate();
  const isOnImages = () => location.pathname.replace(/\/$/, '') === basePath;

  // Undefined in a mode whose query is the path of an image, which is not text to edit.
  const typedMode = () => typedModes.find((mode) => mode === state.mode());
  const applied = createMemo(() => (isOnImages() && typedMode() !== undefined ? state.query() : ''));
  const [text, setText] = createSignal(applied());
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  // Queries set but not yet in the address: by the time they are, more has been typed, which must not be overwritten.
  let inFlight: readonly string[] = [];
  createEffect(
    on(applied, (query) => {
      const position = inFlight.indexOf(query);
      inFlight = position === -1 ? [] : inFlight.slice(position + 1);
      if (position === -1 && query !== text().trim()) setText(query);
    }),
  );
  const [mode, setMode] = createSignal<SearchMode>(typedMode() ?? 'query');
  createEffect(on(typedMode, (next) => setMode(next ?? 'query')));

  let isContinued = false;
  let appliedAt = Number.NEGATIVE_INFINITY;
  const apply = (value: string, isFinal: boolean) => {
    clearTimeout(timer);
    const query = value.trim();
    if (!isFinal && !isSearchable(query, mode())) return;
    appliedAt = performance.now();
    if (isOnImages()) {
      if (query !== (inFlight.at(-1) ?? applied())) inFlight = [...inFlight, query];
      state.set({ query, mode: mode() }, { replace: isContinued });
    } else if (isFinal) navigate(pathOf(query, mode()));
    isContinued = !isFinal;
  };
  return {
    text,
    mode,
    isOnImages,
    type: (value) => {
      setText(value);
      clearTimeout(timer);
      timer = setTimeout(() => apply(value, false), appliedAt + TYPING_INTERVAL - performance.now());
    },
    submit: (value) => {
      setText(value);
      apply(value, true);
    },
    setMode: (next) => {
      setMode(next);
      apply(text(), true);
    },
    startNewEntry: () => {
      isContinued = false;
    },
  };
}

/** Whether to search before the user presses Enter. */
function isSearchable(query: string, mode: SearchMode): boolean {
  switch (mode) {
    case 'query':
      return !isUnfinished(query);
    case 'regexp':
      return isExpression(query);
    case 'meaning':
      // Each search may call an embedding model.
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

function pathOf(query: string, mode: SearchMode): string {
  const parameters = new URLSearchParams({ q: query });
  if (mode !== 'query') parameters.set('mode', mode);
  return `/?${parameters.toString()}`;
}
