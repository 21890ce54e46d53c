import type { JSX } from 'solid-js';

import styles from './skeleton.module.css';

/** A placeholder for loading content. Sizes are CSS lengths. */
export function Skeleton(props: { width?: string; height?: string }): JSX.Element {
  return (
    <div
      class={styles['skeleton']}
      aria-hidden="true"
      style={{ width: props.width ?? '100%', height: props.height ?? '1rem' }}
    />
  );
}
