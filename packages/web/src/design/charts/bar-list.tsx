import { A } from '@solidjs/router';
import { Index, type JSX } from 'solid-js';

import styles from './bar-list.module.css';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The formatted value. */
  readonly text: string;
  readonly href: string;
}

/** A horizontal bar chart whose bars are links. */
export function BarList(props: { bars: readonly Bar[] }): JSX.Element {
  const most = () => Math.max(1, ...props.bars.map(({ value }) => value));
  return (
    <ol class={styles['list']}>
      <Index each={props.bars}>
        {(bar) => (
          <li>
            <A class={styles['bar']} href={bar().href}>
              <span class={styles['share']} style={{ width: `${(bar().value / most()) * 100}%` }} />
              <span class={styles['label']} title={bar().label}>
                {bar().label}
              </span>
              <span class={styles['text']}>{bar().text}</span>
            </A>
          </li>
        )}
      </Index>
    </ol>
  );
}
