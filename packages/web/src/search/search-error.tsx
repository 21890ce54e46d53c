import { Show, type JSX } from 'solid-js';

import { Icon } from '../design/icon.tsx';
import { errorSpan } from '../query/error-span.ts';
import styles from './search-box.module.css';
import type { SearchProblem } from './search-problem.ts';

/** Why a query is invalid, with the offending part marked. */
export function SearchError(props: { problem: SearchProblem }): JSX.Element {
  return (
    <div class={styles['problem']}>
      <Icon name="warning" size={16} />
      <div>
        <p>{props.problem.message}</p>
        <Show when={props.problem.position !== undefined}>
          <MarkedQuery query={props.problem.query} position={props.problem.position ?? 0} />
        </Show>
      </div>
    </div>
  );
}

function MarkedQuery(props: { query: string; position: number }): JSX.Element {
  const span = () => errorSpan(props.query, props.position);
  return (
    <code class={styles['marked']}>
      {props.query.slice(0, span().start)}
      <mark>{props.query.slice(span().start, span().end) || '⌷'}</mark>
      {props.query.slice(span().end)}
    </code>
  );
}
