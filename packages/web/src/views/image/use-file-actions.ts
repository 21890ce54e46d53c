import type { Accessor } from 'solid-js';

import type { MenuItem } from '../../design/menu.tsx';
import { showToast } from '../../design/toast.tsx';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { useOpenFolder, useRestore, useTrash } from '../../library/files/file-operations.ts';
import { saveFile } from '../../library/files/save-file.ts';
import { nameOf } from '../../library/files/path-parts.ts';

export type FileDialog = 'rename' | 'move' | 'copy';

export interface FileActionsOptions {
  readonly path: Accessor<string>;
  /** Called before the image disappears, to show another one or none. */
  readonly onLeave: () => void;
  readonly onShow: (path: string) => void;
  readonly onDialog: (dialog: FileDialog) => void;
}

/** The operations on the file of an image. */
export function useFileActions(options: FileActionsOptions): {
  readonly trash: () => void;
  readonly items: (onKeys: () => void) => readonly MenuItem[];
} {
  const trash = useTrash();
  const restore = useRestore();
  const openFolder = useOpenFolder();
  const fail = (error: unknown) => showToast({ look: 'danger', text: describeError(error) });

  const undo = (ids: readonly string[]) =>
    restore.mutate(ids, {
      onSuccess: ({ errors, files }) => {
        const [first] = files;
        if (first !== undefined) options.onShow(first.path);
        if (errors.length > 0) fail(new Error(errors.join('\n')));
      },
      onError: fail,
    });
  const moveToTrash = () => {
    if (trash.isPending) return;
    const path = options.path();
    trash.mutate([path], {
      onSuccess: (items) => {
        if (options.path() === path) options.onLeave();
        showToast({
          text: t('image.trashed', { name: nameOf(path) }),
          action: { label: t('common.undo'), onChoose: () => undo(items.map(({ id }) => id)) },
        });
      },
      onError: fail,
    });
  };
  return {
    trash: moveToTrash,
    items: (onKeys) => [
      { label: t('image.rename'), icon: 'edit', hint: 'F2', onChoose: () => options.onDialog('rename') },
      { label: t('image.move'), icon: 'move', onChoose: () => options.onDialog('move') },
      { label: t('image.copy'), icon: 'copy', onChoose: () => options.onDialog('copy') },
      { label: t('image.download'), icon: 'download', onChoose: () => saveFile(options.path()) },
      {
        label: t('image.openFolder'),
        icon: 'external',
        onChoose: () => openFolder.mutate(options.path(), { onError: fail }),
      },
      { label: t('image.keys'), icon: 'info', hint: '?', onChoose: onKeys },
      { label: t('image.delete'), icon: 'trash', isDangerous: true, onChoose: moveToTrash },
    ],
  };
}
