import { For, Show, type JSX } from 'solid-js';

import styles from './organize.module.css';

export interface FileErrorsProps {
  readonly title: string;
  readonly errors: readonly { readonly src: string; readonly error: string }[];
}

/** Files that failed, each with the reason. */
export function FileErrors(props: FileErrorsProps): JSX.Element {
  return (
    <Show when={props.errors.length > 0}>
      <details class={styles['errors']} open={props.errors.length <= 10}>
        <summary>
          {props.title} ({props.errors.length})
        </summary>
        <ul class={styles['files']}>
          <For each={props.errors}>
            {({ src, error }) => (
              <li>
                <span>{src}</span>
                <span>{error}</span>
              </li>
            )}
          </For>
        </ul>
      </details>
    </Show>
  );
}
