import type { JSX } from 'solid-js';

import { t } from '../i18n/translate.ts';
import styles from './chip.module.css';
import { Icon, type IconName } from './icon.tsx';

export interface ChipProps {
  readonly label: string;
  readonly icon?: IconName;
  readonly look?: 'plain' | 'accent' | 'danger';
  /** The CSS color of a dot before the label. */
  readonly color?: string;
  readonly isPressed?: boolean;
  /** Tooltip that says what a click does. */
  readonly title?: string;
  readonly onClick?: (event: MouseEvent) => void;
  readonly onRemove?: () => void;
}

/** A small label, optionally clickable and removable. */
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
