import { useLocation, useNavigate } from '@solidjs/router';
import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { useAddressParameter } from '../address/address-parameter.ts';
import { IconButton } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { t } from '../i18n/translate.ts';
import styles from './search-box.module.css';

/** How long a pause in typing is waited for before the search is asked, in milliseconds. */
const TYPING_PAUSE = 60;

/** Searches images as one types, from every view. */
export function SearchBox(): JSX.Element {
  const [query, setQuery] = useAddressParameter('q');
  const [text, setText] = createSignal(query());
  const location = useLocation();
  const navigate = useNavigate();
  let input: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  // Back, and links to a search.
  createEffect(
    on(query, (value) => {
      if (value !== text().trim()) setText(value);
    }),
  );
  const apply = (value: string, isFinal: boolean) => {
    clearTimeout(timer);
    const trimmed = value.trim();
    if (location.pathname.replace(/\/$/, '') !== new URL('.', document.baseURI).pathname.replace(/\/$/, '')) {
      if (isFinal) navigate(trimmed === '' ? '/' : `/?q=${encodeURIComponent(trimmed)}`);
    } else {
      setQuery(trimmed, { replace: !isFinal });
    }
  };
  return (
    <form
      class={styles['box']}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        apply(text(), true);
      }}
    >
      <Icon name="search" />
      <input
        ref={input}
        class={styles['input']}
        type="search"
        enterkeyhint="search"
        autocomplete="off"
        spellcheck={false}
        aria-label={t('app.search')}
        placeholder={t('app.searchPlaceholder')}
        value={text()}
        onInput={(event) => {
          const { value } = event.currentTarget;
          setText(value);
          clearTimeout(timer);
          timer = setTimeout(() => apply(value, false), TYPING_PAUSE);
        }}
      />
      <Show when={text() !== ''}>
        <IconButton
          icon="close"
          label={t('app.clearSearch')}
          onClick={() => {
            setText('');
            apply('', true);
            input?.focus();
          }}
        />
      </Show>
    </form>
  );
}
