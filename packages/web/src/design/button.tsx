import { splitProps, type JSX } from 'solid-js';

import styles from './button.module.css';
import { Icon, type IconName } from './icon.tsx';

export interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly icon?: IconName;
}

export function Button(props: ButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['look', 'icon', 'class', 'children']);
  return (
    <button
      type="button"
      {...rest}
      class={`${styles['button']} ${own.class ?? ''}`}
      data-look={own.look ?? 'plain'}
    >
      {own.icon !== undefined && <Icon name={own.icon} size={18} />}
      {own.children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'children'> {
  readonly icon: IconName;
  /** The accessible name, shown as a tooltip. */
  readonly label: string;
}

/** A button with an icon only. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['look', 'icon', 'label', 'class']);
  return (
    <button
      type="button"
      aria-label={own.label}
      title={own.label}
      {...rest}
      class={`${styles['button']} ${styles['square']} ${own.class ?? ''}`}
      data-look={own.look ?? 'quiet'}
    >
      <Icon name={own.icon} />
    </button>
  );
}
