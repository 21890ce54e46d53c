import { For, Show, type JSX } from 'solid-js';

import { Thumbnail } from '../../components/thumbnail.tsx';
import { Progress } from '../../design/progress.tsx';
import { number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { useRulePreview, type RuleTerms } from '../../library/annotations/auto-tag-rules.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import styles from './rule-dialog.module.css';

/** Which of the newest images a rule would tag; nothing until there are terms to test. */
export function RulePreview(props: { terms: RuleTerms | undefined }): JSX.Element {
  const preview = useRulePreview(() => props.terms);
  return (
    <>
      <Show when={props.terms !== undefined && preview.isFetching}>
        <Progress label={t('settings.trying')} />
      </Show>
      <Show when={preview.isError && preview.error}>
        {(error) => (
          <p class={styles['problem']} role="alert">
            {describeError(error())}
          </p>
        )}
      </Show>
      <Show when={preview.isSuccess && !preview.isFetching && preview.data}>
        {(result) => (
          <section class={styles['trial']} aria-live="polite">
            <p>
              {t('settings.trialMatches', { count: result().matched, among: number(result().looked_at) })}
            </p>
            <Show when={result().timed_out.length > 0}>
              <p class={styles['problem']}>
                {t('settings.trialTimedOut', { expressions: result().timed_out.join(', ') })}
              </p>
            </Show>
            <ul class={styles['examples']}>
              <For each={result().examples}>
                {(file) => (
                  <li>
                    <Thumbnail file={file} />
                  </li>
                )}
              </For>
            </ul>
          </section>
        )}
      </Show>
    </>
  );
}
