import { createEffect, createSignal, createUniqueId, on, onCleanup, Show, type JSX } from 'solid-js';

import { Button } from '../../../design/button.tsx';
import { t } from '../../../i18n/translate.ts';
import { reconnects } from '../../../library/connection/connection.ts';
import { describeError } from '../../../library/connection/describe-error.ts';
import { useAnnotations, useWriteNote } from '../../../library/annotations/annotations.ts';
import { signIns } from '../../../library/connection/session.ts';
import { dropDraft, keepDraft, keptDraft } from './note-draft.ts';
import styles from './note-editor.module.css';

/** How long a pause in writing is waited for before the note is saved, in milliseconds. */
const PAUSE = 700;

/** Longest note that the server takes. */
const LONGEST = 65_536;

/** A note that saves itself; what the server does not have yet is kept in the browser and sent when it is back. */
export function NoteEditor(props: { path: string; ref?: (area: HTMLTextAreaElement) => void }): JSX.Element {
  const marks = useAnnotations(() => props.path);
  const write = useWriteNote();
  const id = createUniqueId();
  const [draft, setDraft] = createSignal<string>();
  const [state, setState] = createSignal<'idle' | 'saving' | 'saved' | 'failed'>('idle');
  const [problem, setProblem] = createSignal('');
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stored = () => (marks.isSuccess ? marks.data.note : '');
  const save = (path: string) => {
    clearTimeout(timer);
    timer = undefined;
    const note = keptDraft(path) ?? (path === props.path ? draft() : undefined);
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
  // Another image: what was written to the one before goes on its way.
  createEffect(
    on(
      () => props.path,
      (path, before) => {
        if (before !== undefined && timer !== undefined) save(before);
        const kept = keptDraft(path);
        setDraft(kept);
        setState('idle');
        if (kept !== undefined) save(path);
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
        maxlength={LONGEST}
        placeholder={t('image.notePlaceholder')}
        value={draft() ?? stored()}
        onInput={(event) => {
          const note = event.currentTarget.value;
          setDraft(note);
          keepDraft(props.path, note);
          setState('idle');
          clearTimeout(timer);
          timer = setTimeout(() => save(props.path), PAUSE);
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
