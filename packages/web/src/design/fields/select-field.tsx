import { createUniqueId, For, type JSX } from 'solid-js';

import styles from './text-field.module.css';

export interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

/** A native select with a label. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>): JSX.Element {
  const selectId = createUniqueId();
  return (
    <div class={styles['field']}>
      <label for={selectId}>{props.label}</label>
      <select
        id={selectId}
        class={styles['input']}
        onChange={(event) => {
          const chosen = props.options.find(({ value }) => value === event.currentTarget.value);
          if (chosen !== undefined) props.onChange(chosen.value);
        }}
      >
        <For each={props.options}>
          {({ value, label }) => (
            <option value={value} selected={value === props.value}>
              {label}
            </option>
          )}
        </For>
      </select>
    </div>
  );
}
