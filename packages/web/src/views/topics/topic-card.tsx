import type { JSX } from 'solid-js';

import { t } from '../../i18n/translate.ts';
import type { Topic } from '../../library/topics/topics.ts';
import { Covers } from './covers.tsx';
import styles from './topic-card.module.css';

const COVERS = 4;

/** A topic: its most typical images, title and keywords. */
export function TopicCard(props: { topic: Topic; onOpen: () => void }): JSX.Element {
  return (
    <li class={styles['card']}>
      <button type="button" class={styles['open']} onClick={() => props.onOpen()}>
        <Covers class={styles['covers']} paths={props.topic.paths.slice(0, COVERS)} />
        <span class={styles['title']}>{props.topic.title}</span>
        <span class={styles['count']}>{t('app.counts', { count: props.topic.size })}</span>
        <span class={styles['words']}>{props.topic.keywords.join(' · ')}</span>
      </button>
    </li>
  );
}
