import { createUniqueId, splitProps, type JSX } from 'solid-js';

import styles from './text-field.module.css';

export interface TextFieldProps extends JSX.InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  /** Why the value is invalid. */
  readonly problem?: string | undefined;
}

/** A text input with a label and an error message. */
export function TextField(props: TextFieldProps): JSX.Element {
  const [own, rest] = splitProps(props, ['label', 'problem']);
  const inputId = createUniqueId();
  const problemId = createUniqueId();
  return (
    <div class={styles['field']}>
      <label for={inputId}>{own.label}</label>
      <input
        {...rest}
        id={inputId}
        class={styles['input']}
        aria-invalid={own.problem !== undefined}
        aria-describedby={own.problem === undefined ? undefined : problemId}
      />
      {own.problem !== undefined && (
        <p id={problemId} class={styles['problem']} role="alert">
          {own.problem}
        </p>
      )}
    </div>
  );
}
