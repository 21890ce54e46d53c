import { For, Show, type JSX } from 'solid-js';

import { folderHref } from '../../address/hrefs.ts';
import { Icon } from '../../design/icon.tsx';
import { t } from '../../i18n/translate.ts';

import type { FileSummary } from '../../library/files/file-summary.ts';
import { Thumbnail } from '../../components/thumbnail.tsx';
import styles from './folder-card.module.css';

export interface FolderCardProps {
  readonly path: string;
  readonly name: string;
  /** Shown below the name. */
  readonly detail: string;
  readonly isUnavailable: boolean;
  readonly covers: readonly FileSummary[];
}

/** A link to a folder, with its newest images. */
export function FolderCard(props: FolderCardProps): JSX.Element {
  return (
    <a class={styles['card']} href={folderHref(props.path)} title={props.path}>
      <span class={styles['covers']} data-count={Math.min(4, props.covers.length)} aria-hidden="true">
        <Show
          when={props.covers.length > 0}
          fallback={<Icon name={props.isUnavailable ? 'warning' : 'folder'} size={36} />}
        >
          <For each={props.covers.slice(0, 4)}>{(file) => <Thumbnail file={file} />}</For>
        </Show>
      </span>
      <span class={styles['name']}>{props.name}</span>
      <Show when={props.detail}>
        <span class={styles['detail']}>{props.detail}</span>
      </Show>
      <Show when={props.isUnavailable}>
        <span class={styles['unavailable']}>{t('folders.unavailable')}</span>
      </Show>
    </a>
  );
}
