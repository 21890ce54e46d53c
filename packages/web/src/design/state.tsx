import type { JSX } from 'solid-js';

import { t } from '../i18n/translate.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import styles from './state.module.css';

export interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  /** What to do next. */
  readonly hint?: string;
  /** Buttons or links that do it. */
  readonly children?: JSX.Element;
}

/** In place of a view that has nothing to show. */
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

/** In place of a view that could not be read, with a way to try again. */
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
