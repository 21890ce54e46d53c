import { Show, type JSX } from 'solid-js';

import { Button, IconButton } from '../../design/button.tsx';
import { Menu, type MenuItem } from '../../design/menu.tsx';
import { number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { nameOf } from '../../library/files/path-parts.ts';
import styles from './image-toolbar.module.css';
import type { IndexInList } from './index-in-list.ts';
import type { PictureControls } from './use-picture-zoom.ts';
import { ZOOM_STEP } from './zoom.ts';

export interface ImageToolbarProps {
  readonly path: string;
  readonly position: IndexInList | undefined;
  readonly controls: PictureControls | undefined;
  readonly actions: readonly MenuItem[];
  readonly isPanelOpen: boolean;
  readonly onClose: () => void;
  readonly onTrash: () => void;
  readonly onTogglePanel: () => void;
}

/** Name, index, zoom and actions of an image. */
export function ImageToolbar(props: ImageToolbarProps): JSX.Element {
  return (
    <header class={styles['toolbar']}>
      <IconButton icon="close" label={t('image.close')} onClick={() => props.onClose()} />
      <h2 class={styles['name']} title={props.path}>
        {nameOf(props.path)}
      </h2>
      <Show when={props.position}>
        {(position) => (
          <span class={styles['position']} data-testid="position">
            {t('image.position', {
              position: number(position().index + 1),
              total: number(position().count),
            })}
          </span>
        )}
      </Show>
      <Show when={props.controls}>{(controls) => <ZoomButtons controls={controls()} />}</Show>
      <IconButton icon="trash" label={t('image.delete')} onClick={() => props.onTrash()} />
      <Menu label={t('image.actions')} icon="more" isIconOnly items={props.actions} />
      <IconButton
        icon="info"
        label={t('image.panel')}
        aria-pressed={props.isPanelOpen}
        onClick={() => props.onTogglePanel()}
      />
    </header>
  );
}

function ZoomButtons(props: { controls: PictureControls }): JSX.Element {
  return (
    <span class={styles['zoom']} role="group" aria-label={t('image.zoom')}>
      <IconButton
        icon="minus"
        label={t('image.zoomOut')}
        disabled={props.controls.isFitted()}
        onClick={() => props.controls.zoomBy(1 / ZOOM_STEP)}
      />
      <Button
        look="quiet"
        title={props.controls.isFitted() ? t('image.fullSize') : t('image.fit')}
        onClick={() => props.controls.toggleFullSize()}
      >
        {t('image.percent', { percent: number(Math.round(props.controls.scale() * 100)) })}
      </Button>
      <IconButton icon="plus" label={t('image.zoomIn')} onClick={() => props.controls.zoomBy(ZOOM_STEP)} />
    </span>
  );
}
