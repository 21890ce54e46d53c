import { createUniqueId, type JSX } from 'solid-js';

import styles from './settings-view.module.css';

export interface SectionProps {
  readonly title: string;
  readonly hint: string;
  readonly children: JSX.Element;
}

/** A titled group of settings. */
export function Section(props: SectionProps): JSX.Element {
  const titleId = createUniqueId();
  return (
    <section class={styles['section']} aria-labelledby={titleId}>
      <header>
        <h2 id={titleId}>{props.title}</h2>
        <p class={styles['hint']}>{props.hint}</p>
      </header>
      {props.children}
    </section>
  );
}
