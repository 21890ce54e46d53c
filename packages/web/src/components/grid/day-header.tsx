import type { JSX } from 'solid-js';

import { day } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import styles from './day-header.module.css';
import type { Section } from './list-layout.ts';

/** The row above the images of a day. */
export function DayHeader(props: { section: Section; top: number; height: number }): JSX.Element {
  return (
    <div
      role="row"
      class={styles['header']}
      style={{ transform: `translateY(${props.top}px)`, height: `${props.height}px` }}
    >
      <div role="rowheader" class={styles['title']}>
        <DayTitle section={props.section} />
      </div>
    </div>
  );
}

/** Shows the day of the images on screen while its own header is scrolled out of view. */
export function PinnedDayHeader(props: { section: Section }): JSX.Element {
  return (
    <div class={styles['pinned']} aria-hidden="true">
      <DayTitle section={props.section} />
    </div>
  );
}

function DayTitle(props: { section: Section }): JSX.Element {
  return (
    <>
      <span class={styles['day']}>{props.section.date === null ? '' : day(props.section.date)}</span>
      <span class={styles['count']}>{t('grid.matches', { count: props.section.count })}</span>
    </>
  );
}
