import type { JSX } from 'solid-js';

import styles from './progress.module.css';

/** A progress bar from 0 to 1; indeterminate without a value. */
export function Progress(props: { label: string; value?: number }): JSX.Element {
  const percent = () => (props.value === undefined ? undefined : Math.round(props.value * 100));
  return (
    <div
      class={styles['track']}
      role="progressbar"
      aria-label={props.label}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow={percent()}
    >
      <div
        class={styles['bar']}
        data-endless={props.value === undefined}
        style={{ width: props.value === undefined ? undefined : `${percent()}%` }}
      />
    </div>
  );
}
