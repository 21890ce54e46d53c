import { createEffect, createSignal, createUniqueId, on, onCleanup, Show, type JSX } from 'solid-js';

import { Button } from '../../../design/button.tsx';
import { t } from '../../../i18n/translate.ts';
import { reconnects } from '../../../library/connection/connection.ts';
import { describeError } from '../../../library/connection/describe-error.ts';
import { useAnnotations, useWriteNote } from '../../../library/annotations/annotations.ts';
import { signIns } from '../../../library/connection/session.ts';
import { dropDraft, saveDraft, savedDraft } from './note-draft.ts';
import styles from './note-editor.module.css';

/** A note is saved after a pause in typing of this length, in milliseconds. */
const SAVE_DELAY = 700;

/** The maximum length of a note on the server. */
const MAX_LENGTH = 65_536;

/** Saves the note while one types. Unsaved text is stored in the browser and sent after a reconnect. */
export function NoteEditor(props: { path: string; ref?: (area: HTMLTextAreaElement) => void }): JSX.Element {
  const annotations = useAnnotations(() => props.path);
  const write = useWriteNote();
  const id = createUniqueId();
  const [draft, setDraft] = createSignal<string>();
  const [state, setState] = createSignal<'idle' | 'saving' | 'saved' | 'failed'>('idle');
  const [problem, setProblem] = createSignal('');
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stored = () => (annotations.isSuccess ? annotations.data.note : '');
  const save = (path: string) => {
    clearTimeout(timer);
    timer = undefined;
    const note = savedDraft(path) ?? (path === props.path ? draft() : undefined);
    if (note !== undefined) void send(path, note);
  };
  const send = async (path: string, note: string) => {
    setState('saving');
    try {
      await write.mutateAsync({ path, note });
      dropDraft(path, note);
      if (path !== props.path || draft() !== note) return;
      setDraft(undefined);
      setState('saved');
    } catch (error) {
      if (path !== props.path) return;
      setProblem(describeError(error));
      setState('failed');
    }
  };
  // Before another image is shown, saves the note of the previous one.
  createEffect(
    on(
      () => props.path,
      (path, before) => {
        if (before !== undefined && timer !== undefined) save(before);
        const draftOfNext = savedDraft(path);
        setDraft(draftOfNext);
        setState('idle');
        if (draftOfNext !== undefined) save(path);
      },
    ),
  );
  createEffect(
    on(
      [reconnects, signIns],
      () => {
        if (draft() !== undefined) save(props.path);
      },
      { defer: true },
    ),
  );
  onCleanup(() => {
    if (timer !== undefined) save(props.path);
  });
  return (
    <div class={styles['note']}>
      <label for={id} class={styles['label']}>
        {t('image.note')}
      </label>
      <textarea
        ref={props.ref}
        id={id}
        class={styles['area']}
        rows="2"
        maxlength={MAX_LENGTH}
        placeholder={t('image.notePlaceholder')}
        value={draft() ?? stored()}
        onInput={(event) => {
          const note = event.currentTarget.value;
          setDraft(note);
          saveDraft(props.path, note);
          setState('idle');
          clearTimeout(timer);
          timer = setTimeout(() => save(props.path), SAVE_DELAY);
        }}
        onBlur={() => {
          if (timer !== undefined) save(props.path);
        }}
      />
      <p class={styles['state']} role="status">
        <Show when={state() === 'saving'}>{t('image.noteSaving')}</Show>
        <Show when={state() === 'saved'}>{t('image.noteSaved')}</Show>
        <Show when={state() === 'failed'}>
          <span class={styles['problem']}>{t('image.noteKept', { problem: problem() })}</span>
          <Button look="quiet" onClick={() => save(props.path)}>
            {t('common.retry')}
          </Button>
        </Show>
      </p>
    </div>
  );
}
