import { A } from '@solidjs/router';
import { createSignal, For, Show, type JSX } from 'solid-js';

import { Button, IconButton } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Progress } from '../design/progress.tsx';
import { TextField } from '../design/fields/text-field.tsx';
import { showToast } from '../design/toast.tsx';
import { t } from '../i18n/translate.ts';
import { describeError } from '../library/connection/describe-error.ts';
import { useRemoveSavedSearch, useSavedSearches, useSaveSearch } from '../library/search/saved-searches.ts';
import styles from './filters.module.css';
import type { SearchState } from './search-state.ts';

/** Saves the current search under a name, and lists saved searches. */
export function SavedSearches(props: { state: SearchState }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  return (
    <>
      <IconButton
        icon="bookmark"
        label={t('saved.title')}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      />
      <Show when={isOpen()}>
        <SavedSearchesDialog state={props.state} onClose={() => setOpen(false)} />
      </Show>
    </>
  );
}

function SavedSearchesDialog(props: { state: SearchState; onClose: () => void }): JSX.Element {
  const saved = useSavedSearches();
  const save = useSaveSearch();
  const remove = useRemoveSavedSearch();
  const [name, setName] = createSignal('');
  const isSavable = () => props.state.mode() === 'query' && props.state.query() !== '';
  const fail = (error: unknown) => showToast({ look: 'danger', text: describeError(error) });
  const keep = () => {
    const search = { name: name().trim(), query: props.state.query(), sort: props.state.sort() };
    if (search.name === '') return;
    save.mutate(search, { onError: fail, onSuccess: () => setName('') });
  };
  return (
    <Dialog title={t('saved.title')} isOpen onClose={props.onClose}>
      <div class={styles['form']}>
        <Show when={isSavable()}>
          <form
            class={styles['form']}
            onSubmit={(event) => {
              event.preventDefault();
              keep();
            }}
          >
            <TextField
              label={t('saved.name')}
              value={name()}
              maxlength="255"
              required
              onInput={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" look="primary" disabled={save.isPending}>
              {t('saved.save')}
            </Button>
          </form>
        </Show>
        <Show when={saved.isPending}>
          <Progress label={t('common.loading')} />
        </Show>
        <Show when={saved.isError && saved.error}>
          {(error) => <p role="alert">{describeError(error())}</p>}
        </Show>
        <Show when={saved.isSuccess && saved.data.length === 0}>
          <p class={styles['empty']}>{t('saved.empty')}</p>
        </Show>
        <ul>
          <For each={saved.isSuccess ? saved.data : []}>
            {(search) => (
              <li class={styles['saved']}>
                <A
                  href={`/?${new URLSearchParams({ q: search.query, sort: search.sort }).toString()}`}
                  onClick={() => props.onClose()}
                >
                  {search.name}
                  <small>{search.query}</small>
                </A>
                <IconButton
                  icon="trash"
                  label={t('common.remove', { name: search.name })}
                  onClick={() =>
                    remove.mutate(search.name, {
                      onError: fail,
                      onSuccess: () =>
                        showToast({
                          text: t('saved.removed', { name: search.name }),
                          action: {
                            label: t('common.undo'),
                            onChoose: () => save.mutate(search, { onError: fail }),
                          },
                        }),
                    })
                  }
                />
              </li>
            )}
          </For>
        </ul>
      </div>
    </Dialog>
  );
}
