import { createSignal, Show, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Progress } from '../../design/progress.tsx';
import { TextField } from '../../design/fields/text-field.tsx';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { useMakeFolder } from '../../library/files/file-operations.ts';
import { useLibrary } from '../../library/folders/folders.ts';
import { pathIn } from '../../library/files/path-parts.ts';
import styles from './folder-picker.module.css';
import { FolderTree } from './folder-tree.tsx';

export interface FolderPickerProps {
  readonly title: string;
  readonly confirmLabel: string;
  /** The folder selected at first. */
  readonly start: string;
  readonly isBusy?: boolean;
  /** Why the chosen folder was refused. */
  readonly problem?: string | undefined;
  readonly onChoose: (folder: string) => void;
  readonly onClose: () => void;
}

/** Selects a folder of the library, or creates one. */
export function FolderPicker(props: FolderPickerProps): JSX.Element {
  const library = useLibrary();
  const make = useMakeFolder();
  const [folder, setFolder] = createSignal(props.start);
  const [name, setName] = createSignal('');
  const [isNaming, setNaming] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const create = () => {
    const newName = name().trim();
    if (newName === '') return;
    const path = pathIn(folder(), newName);
    make.mutate(path, {
      onSuccess: () => {
        setFolder(path);
        setName('');
        setNaming(false);
      },
      onError: (error) => setProblem(describeError(error)),
    });
  };
  return (
    <Dialog
      title={props.title}
      isOpen
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            disabled={props.isBusy === true || folder() === ''}
            onClick={() => props.onChoose(folder())}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <div class={styles['picker']}>
        <p class={styles['chosen']} role="status">
          {folder() === '' ? t('folders.chooseOne') : folder()}
        </p>
        <div class={styles['tree']}>
          <Show when={library.setting.isPending}>
            <Progress label={t('common.loading')} />
          </Show>
          <FolderTree
            label={t('view.folders')}
            roots={library.folders()}
            selected={folder()}
            onSelect={setFolder}
          />
        </div>
        <Show
          when={isNaming()}
          fallback={
            <Button icon="plus" disabled={folder() === ''} onClick={() => setNaming(true)}>
              {t('folders.new')}
            </Button>
          }
        >
          <form
            class={styles['new']}
            onSubmit={(event) => {
              event.preventDefault();
              create();
            }}
          >
            <TextField
              label={t('folders.newName')}
              value={name()}
              problem={problem()}
              autofocus
              onInput={(event) => {
                setName(event.currentTarget.value);
                setProblem(undefined);
              }}
            />
            <Button type="submit" disabled={make.isPending || name().trim() === ''}>
              {t('folders.make')}
            </Button>
          </form>
        </Show>
        <Show when={props.problem}>
          <p class={styles['problem']} role="alert">
            {props.problem}
          </p>
        </Show>
      </div>
    </Dialog>
  );
}
