import type { JSX } from 'solid-js';

import styles from './progress.module.css';

/** How far something is, 0 to 1; without a value, that it goes on. */
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
