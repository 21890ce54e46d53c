import { createSignal, Show, type JSX } from 'solid-js';

import styles from './disclosure.module.css';
import { Icon } from './icon.tsx';

export interface DisclosureProps {
  readonly label: string;
  /** Shown beside the label, for example a count. */
  readonly hint?: string;
  readonly isOpenFirst?: boolean;
  readonly onOpen?: () => void;
  readonly children: JSX.Element;
}

/** A collapsible part, whose content is rendered when it is first opened. */
export function Disclosure(props: DisclosureProps): JSX.Element {
  const [wasOpened, setWasOpened] = createSignal(props.isOpenFirst === true);
  return (
    <details
      class={styles['disclosure']}
      open={props.isOpenFirst}
      onToggle={(event) => {
        if (!event.currentTarget.open) return;
        setWasOpened(true);
        props.onOpen?.();
      }}
    >
      <summary class={styles['summary']}>
        <Icon name="chevron-right" size={16} />
        <span class={styles['label']}>{props.label}</span>
        <Show when={props.hint}>
          <span class={styles['hint']}>{props.hint}</span>
        </Show>
      </summary>
      <div class={styles['content']}>
        <Show when={wasOpened()}>{props.children}</Show>
      </div>
    </details>
  );
}
