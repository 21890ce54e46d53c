import { ApiError } from '@iib-kit/client/browser';
import { createSignal, Show, type JSX } from 'solid-js';

import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextField } from '../design/fields/text-field.tsx';
import { t } from '../i18n/translate.ts';
import { useClient } from '../library/connection/client.ts';
import { describeError } from '../library/connection/describe-error.ts';
import { saveKey, needsKey, signedIn } from '../library/connection/session.ts';
import styles from './sign-in.module.css';

/** Asks for the key above the current view, which keeps its state. */
export function SignIn(): JSX.Element {
  return (
    <Show when={needsKey()}>
      <SignInDialog />
    </Show>
  );
}

function SignInDialog(): JSX.Element {
  const client = useClient();
  const [key, setKey] = createSignal('');
  const [isRemembered, setRemembered] = createSignal(true);
  const [problem, setProblem] = createSignal<string>();
  const [isTrying, setTrying] = createSignal(false);

  const tryKey = async () => {
    setTrying(true);
    saveKey(key(), isRemembered());
    try {
      await client.system.version();
      signedIn();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setTrying(false);
    }
  };
  return (
    <Dialog title={t('session.title')} isOpen isRequired onClose={() => {}}>
      <form
        class={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void tryKey();
        }}
      >
        <p>{t('session.explanation')}</p>
        <TextField
          label={t('session.key')}
          type="password"
          autocomplete="current-password"
          required
          autofocus
          value={key()}
          problem={problem()}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
        <label class={styles['remember']}>
          <input
            type="checkbox"
            checked={isRemembered()}
            onChange={(event) => setRemembered(event.currentTarget.checked)}
          />
          {t('session.remember')}
        </label>
        <Button type="submit" look="primary" disabled={isTrying()}>
          {t('session.signIn')}
        </Button>
      </form>
    </Dialog>
  );
}

function problemOf(error: unknown): string {
  if (error instanceof ApiError && error.status === 401) return t('session.wrongKey');
  if (error instanceof ApiError && error.status === 429) return t('session.tooMany');
  return describeError(error);
}
