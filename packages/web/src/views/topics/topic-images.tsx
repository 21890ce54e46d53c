import { Key } from '@solid-primitives/keyed';
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { useImageAddress } from '../../address/image-address.ts';
import { Button } from '../../design/button.tsx';
import { Chip } from '../../design/chip.tsx';
import { Progress } from '../../design/progress.tsx';
import { ErrorState } from '../../design/state.tsx';
import { describeError } from '../../library/connection/describe-error.ts';
import { t } from '../../i18n/translate.ts';
import { useFileInfos } from '../../library/files/file-infos.ts';
import { createFixedList } from '../../library/lists/fixed-list.ts';
import { provideActiveList } from '../../library/lists/active-list.ts';
import type { Topic } from '../../library/topics/topics.ts';
import { Thumbnail } from '../../components/thumbnail.tsx';
import styles from './topics-view.module.css';

/** How many images are added to the page at once. */
const IMAGES_AT_ONCE = 200;

/** The images of a topic, the most typical first. */
export function TopicImages(props: { topic: Topic; onClose: () => void }): JSX.Element {
  const [shown, setShown] = createSignal(IMAGES_AT_ONCE);
  const files = useFileInfos(() => props.topic.paths.slice(0, shown()));
  const { hrefOf } = useImageAddress();
  // "Next" and "previous" stay within the images on the page.
  const list = createMemo(() =>
    files.isSuccess ? createFixedList(`topic ${props.topic.id}`, files.data) : undefined,
  );
  provideActiveList({ list });
  return (
    <article class={styles['topic']} aria-labelledby="topic-title">
      <header class={styles['topicHeader']}>
        <Button icon="chevron-left" onClick={() => props.onClose()}>
          {t('topics.all')}
        </Button>
        <h2 id="topic-title">{props.topic.title}</h2>
        <span>{t('app.counts', { count: props.topic.size })}</span>
        <For each={props.topic.keywords}>{(word) => <Chip label={word} />}</For>
      </header>
      <Show when={files.isPending}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={files.isError && files.error}>
        {(error) => <ErrorState message={describeError(error())} onRetry={() => void files.refetch()} />}
      </Show>
      <ul class={styles['images']}>
        <Key each={files.isSuccess ? files.data : []} by="fullpath">
          {(file) => (
            <li>
              <a href={hrefOf(file().fullpath)}>
                <Thumbnail file={file()} />
              </a>
            </li>
          )}
        </Key>
      </ul>
      <Show when={shown() < props.topic.paths.length}>
        <Button onClick={() => setShown((count) => count + IMAGES_AT_ONCE)}>{t('topics.more')}</Button>
      </Show>
    </article>
  );
}
