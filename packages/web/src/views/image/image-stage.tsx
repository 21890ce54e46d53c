import { Show, type JSX } from 'solid-js';

import { Button, IconButton } from '../../design/button.tsx';
import { Progress } from '../../design/progress.tsx';
import { EmptyState, ErrorState } from '../../design/state.tsx';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import type { useFileInfo } from '../../library/files/file-infos.ts';
import type { FileSummary } from '../../library/files/file-summary.ts';
import { fileUrl, isAudio, isVideo, streamUrl, thumbnailUrl } from '../../library/files/media-url.ts';
import styles from './image-stage.module.css';
import type { IndexInList } from './index-in-list.ts';
import { PictureStage } from './picture-stage.tsx';
import type { PictureControls } from './use-picture-zoom.ts';
import { Player } from './player.tsx';

export interface ImageStageProps {
  readonly name: string;
  /** What is known of the file before, or although, its info could not be fetched. */
  readonly file: FileSummary | undefined;
  readonly info: ReturnType<typeof useFileInfo>;
  readonly position: IndexInList | undefined;
  readonly onControls: (controls: PictureControls | undefined) => void;
  readonly onStep: (step: 1 | -1) => void;
  readonly onClose: () => void;
  /** Shows a neighbour instead of a file that no longer exists. */
  readonly onLeave: () => void;
}

/** The image itself, or why there is none, between the buttons to its neighbours. */
export function ImageStage(props: ImageStageProps): JSX.Element {
  const preloadNeighbours = () => {
    for (const neighbour of [props.position?.next, props.position?.previous]) {
      if (neighbour === undefined || isPlayable(neighbour)) continue;
      new Image().src = fileUrl(neighbour);
    }
  };
  return (
    <div class={styles['stage']} data-testid="stage">
      <Show when={props.info.isSuccess && props.info.data === null}>
        <EmptyState icon="broken" title={t('image.gone')} hint={t('image.goneHint')}>
          <Button onClick={() => props.onLeave()}>{t('image.goOn')}</Button>
          <Button onClick={() => props.onClose()}>{t('image.close')}</Button>
        </EmptyState>
      </Show>
      <Show when={props.info.isError && props.file === undefined}>
        <ErrorState message={describeError(props.info.error)} onRetry={() => void props.info.refetch()} />
      </Show>
      <Show when={props.info.isPending && props.file === undefined}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={props.file}>
        {(file) => (
          <Show
            when={isPlayable(file())}
            fallback={
              <PictureStage
                file={file()}
                alt={props.name}
                onControls={props.onControls}
                onDrawn={preloadNeighbours}
                onSwipe={props.onStep}
              />
            }
          >
            <Player
              name={props.name}
              url={streamUrl(file())}
              {...(isAudio(file().fullpath) ? {} : { poster: thumbnailUrl(file(), 512) })}
            />
          </Show>
        )}
      </Show>
      <IconButton
        class={styles['previous']}
        icon="chevron-left"
        look="plain"
        label={t('image.previous')}
        disabled={props.position?.previous === undefined}
        onClick={() => props.onStep(-1)}
      />
      <IconButton
        class={styles['next']}
        icon="chevron-right"
        look="plain"
        label={t('image.next')}
        disabled={props.position?.next === undefined}
        onClick={() => props.onStep(1)}
      />
    </div>
  );
}

function isPlayable({ fullpath }: FileSummary): boolean {
  return isVideo(fullpath) || isAudio(fullpath);
}
