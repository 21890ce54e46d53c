import { For, type JSX } from 'solid-js';

import { Icon } from '../icon.tsx';
import styles from './star-rating.module.css';

const stars = [1, 2, 3, 4, 5] as const;

export interface StarRatingProps {
  /** 0 for none. */
  readonly value: number;
  readonly label: string;
  readonly labelOf: (stars: number) => string;
  readonly isDisabled?: boolean;
  readonly onRate: (rating: number) => void;
}

/** A rating of one to five stars; a click on the current rating removes it. */
export function StarRating(props: StarRatingProps): JSX.Element {
  return (
    <div class={styles['rating']} role="group" aria-label={props.label}>
      <For each={stars}>
        {(star) => (
          <button
            type="button"
            class={styles['star']}
            data-full={star <= props.value}
            aria-pressed={star === props.value}
            aria-label={props.labelOf(star)}
            title={props.labelOf(star)}
            disabled={props.isDisabled}
            onClick={() => props.onRate(star === props.value ? 0 : star)}
          >
            <Icon name="star" />
          </button>
        )}
      </For>
    </div>
  );
}
