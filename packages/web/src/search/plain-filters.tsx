import { mediaTypes } from '@iib-kit/contract/vocabulary';
import { createSignal, createUniqueId, For, type JSX } from 'solid-js';

import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextField } from '../design/fields/text-field.tsx';
import { t } from '../i18n/translate.ts';
import styles from './filters.module.css';
import type { FilterProps } from './value-filter.tsx';

export function TypeFilter(props: FilterProps): JSX.Element {
  return (
    <Dialog title={t('search.field.type')} isOpen onClose={props.onClose}>
      <div class={styles['choices']}>
        <For each={mediaTypes}>
          {(type) => (
            <Button onClick={() => props.onAdd([`type:${type}`])}>{t(`search.type.${type}`)}</Button>
          )}
        </For>
      </div>
    </Dialog>
  );
}

export function RatingFilter(props: FilterProps): JSX.Element {
  return (
    <Dialog title={t('search.field.rating')} isOpen onClose={props.onClose}>
      <div class={styles['choices']}>
        <For each={[5, 4, 3, 2, 1]}>
          {(stars) => (
            <Button onClick={() => props.onAdd([stars === 5 ? 'rating=5' : `rating>=${stars}`])}>
              {t('search.stars', { count: stars })}
            </Button>
          )}
        </For>
        <Button onClick={() => props.onAdd(['-has:rating'])}>{t('search.unrated')}</Button>
      </div>
    </Dialog>
  );
}

export function DateFilter(props: FilterProps): JSX.Element {
  const [from, setFrom] = createSignal('');
  const [to, setTo] = createSignal('');
  const formId = createUniqueId();
  const isReversed = () => from() !== '' && to() !== '' && from() > to();
  return (
    <Dialog
      title={t('search.field.date')}
      isOpen
      onClose={props.onClose}
      actions={
        <Button
          type="submit"
          form={formId}
          look="primary"
          disabled={(from() === '' && to() === '') || isReversed()}
        >
          {t('search.apply')}
        </Button>
      }
    >
      <form
        id={formId}
        class={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          props.onAdd([from() === to() ? `date:${from()}` : `date:${from()}..${to()}`]);
        }}
      >
        <TextField
          label={t('search.from')}
          type="date"
          value={from()}
          onInput={(event) => setFrom(event.currentTarget.value)}
        />
        <TextField
          label={t('search.to')}
          type="date"
          value={to()}
          problem={isReversed() ? t('search.reversed') : undefined}
          onInput={(event) => setTo(event.currentTarget.value)}
        />
      </form>
    </Dialog>
  );
}
