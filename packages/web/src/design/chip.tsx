import type { JSX } from 'solid-js';

import { t } from '../i18n/translate.ts';
import styles from './chip.module.css';
import { Icon, type IconName } from './icon.tsx';

export interface ChipProps {
  readonly label: string;
  readonly icon?: IconName;
  readonly look?: 'plain' | 'accent' | 'danger';
  /** Any CSS colour, as tags have it: a dot before the label. */
  readonly color?: string;
  readonly isPressed?: boolean;
  /** What pressing it does; shown when it is pointed at. */
  readonly title?: string;
  readonly onClick?: (event: MouseEvent) => void;
  readonly onRemove?: () => void;
}

/** A small piece of what is filtered by or tagged with: may be pressed, may be removed. */
export function Chip(props: ChipProps): JSX.Element {
  return (
    <span class={styles['chip']} data-look={props.look ?? 'plain'} data-pressed={props.isPressed}>
      {props.onClick === undefined ? (
        <span class={styles['label']}>{content(props)}</span>
      ) : (
        <button
          type="button"
          class={styles['label']}
          aria-pressed={props.isPressed}
          title={props.title}
          onClick={(event) => props.onClick?.(event)}
        >
          {content(props)}
        </button>
      )}
      {props.onRemove !== undefined && (
        <button
          type="button"
          class={styles['remove']}
          aria-label={t('common.remove', { name: props.label })}
          onClick={() => props.onRemove?.()}
        >
          <Icon name="close" size={14} />
        </button>
      )}
    </span>
  );
}

function content(props: ChipProps): JSX.Element {
  return (
    <>
      {props.icon !== undefined && <Icon name={props.icon} size={15} />}
      {props.color !== undefined && props.color !== '' && (
        <span class={styles['dot']} style={{ background: props.color }} />
      )}
      <span class={styles['text']}>{props.label}</span>
    </>
  );
}
