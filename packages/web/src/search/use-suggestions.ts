import { createMemo, createSignal, type Accessor } from 'solid-js';

import { useCompletions } from '../library/search/completions.ts';
import { findTypedPart } from '../query/typed-part.ts';
import { completionRequest, suggestionsFor, withSuggestion, type Suggestion } from './suggestions.ts';
import type { TypedSearch } from './use-typed-search.ts';

const MAX_SUGGESTIONS = 8;

export interface Suggestions {
  readonly list: Accessor<readonly Suggestion[]>;
  readonly isOpen: Accessor<boolean>;
  /** Position of the highlighted suggestion; -1 for none. */
  readonly active: Accessor<number>;
  readonly setCaret: (caret: number) => void;
  /** To be called when the text was changed by typing. */
  readonly onType: (caret: number) => void;
  readonly accept: (suggestion: Suggestion) => void;
  readonly close: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Suggests fields and values for the part of the query at the caret. */
export function useSuggestions(search: TypedSearch, input: () => HTMLInputElement | undefined): Suggestions {
  const [caret, setCaret] = createSignal(0);
  const [isWanted, setWanted] = createSignal(false);
  const [active, setActive] = createSignal(-1);
  const part = createMemo(() =>
    search.mode() === 'query' && isWanted() ? findTypedPart(search.text(), caret()) : undefined,
  );
  const completions = useCompletions(() => completionRequest(part()), MAX_SUGGESTIONS);
  const list = createMemo((): readonly Suggestion[] => {
    const values = completionRequest(part()) !== undefined && completions.isSuccess ? completions.data : [];
    return suggestionsFor(part(), values).slice(0, MAX_SUGGESTIONS);
  });
  const isOpen = () => isWanted() && list().length > 0;
  const onType = (position: number) => {
    setCaret(position);
    setActive(-1);
    setWanted(true);
  };
  const accept = (suggestion: Suggestion) => {
    const replaced = part();
    if (replaced === undefined) return;
    const next = withSuggestion(search.text(), replaced, suggestion);
    search.type(next.query);
    onType(next.caret);
    setWanted(suggestion.isField);
    input()?.focus();
    queueMicrotask(() => input()?.setSelectionRange(next.caret, next.caret));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const count = list().length;
    const suggestion = list()[active()];
    if (event.isComposing) return;
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      event.preventDefault();
      setWanted(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((at) => (at === -1 && step === -1 ? count - 1 : (at + step + count) % count));
    } else if ((event.key === 'Enter' || event.key === 'Tab') && isOpen() && suggestion !== undefined) {
      event.preventDefault();
      accept(suggestion);
    } else if (event.key === 'Escape' && isOpen()) {
      event.preventDefault();
      setWanted(false);
    }
  };
  return { list, isOpen, active, setCaret, onType, accept, close: () => setWanted(false), onKeyDown };
}
