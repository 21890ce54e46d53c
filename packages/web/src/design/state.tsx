import type { JSX } from 'solid-js';

import { t } from '../i18n/translate.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import styles from './state.module.css';

export interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  /** Suggests what to do next. */
  readonly hint?: string;
  /** Buttons or links for it. */
  readonly children?: JSX.Element;
}

/** Shown instead of a view without content. */
export function EmptyState(props: EmptyStateProps): JSX.Element {
  return (
    <div class={styles['state']}>
      <Icon name={props.icon} size={40} />
      <h2>{props.title}</h2>
      {props.hint !== undefined && <p>{props.hint}</p>}
      {props.children !== undefined && <div class={styles['actions']}>{props.children}</div>}
    </div>
  );
}

/** Shown instead of a view that could not be loaded. */
export function ErrorState(props: { message: string; onRetry?: () => void }): JSX.Element {
  return (
    <div class={styles['state']} role="alert">
      <Icon name="warning" size={40} />
      <h2>{t('error.title')}</h2>
      <p>{props.message}</p>
      {props.onRetry !== undefined && (
        <div class={styles['actions']}>
          <Button onClick={() => props.onRetry?.()}>{t('common.retry')}</Button>
        </div>
      )}
    </div>
  );
}
