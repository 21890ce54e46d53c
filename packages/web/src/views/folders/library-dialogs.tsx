import { createSignal, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { TextField } from '../../design/fields/text-field.tsx';
import { showToast } from '../../design/toast.tsx';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import {
  useAddFolder,
  useNameFolder,
  useRemoveFolder,
  type LibraryFolder,
} from '../../library/folders/folders.ts';
import { useIndexing } from '../../library/folders/indexing.ts';
import { nameOf } from '../../library/files/path-parts.ts';
import styles from './library-dialogs.module.css';

export type LibraryDialogKind = 'add' | 'rename' | 'remove';

export interface LibraryDialogsProps {
  readonly kind: LibraryDialogKind;
  /** The folder to rename or remove. */
  readonly folder: LibraryFolder | undefined;
  readonly onClose: () => void;
  readonly onAdded: (path: string) => void;
  readonly onRemoved: () => void;
}

/** The dialogs that add, rename and remove folders of the library. */
export function LibraryDialogs(props: LibraryDialogsProps): JSX.Element {
  const { folder } = props;
  if (props.kind === 'add') return <AddDialog onClose={props.onClose} onAdded={props.onAdded} />;
  if (folder === undefined) return <></>;
  return props.kind === 'rename' ? (
    <NameDialog folder={folder} onClose={props.onClose} />
  ) : (
    <RemoveDialog folder={folder} onClose={props.onClose} onRemoved={props.onRemoved} />
  );
}

function AddDialog(props: { onClose: () => void; onAdded: (path: string) => void }): JSX.Element {
  const add = useAddFolder();
  const indexing = useIndexing();
  const [path, setPath] = createSignal('');
  const [problem, setProblem] = createSignal<string>();
  const submit = () => {
    const newPath = path().trim();
    if (newPath === '' || add.isPending) return;
    add.mutate(newPath, {
      onSuccess: () => {
        indexing.start.mutate();
        props.onClose();
        props.onAdded(newPath.replace(/(?<=.)[/\\]+$/, ''));
        showToast({ text: t('folders.added') });
      },
      onError: (error) => setProblem(describeError(error)),
    });
  };
  return (
    <Dialog
      title={t('folders.add')}
      isOpen
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={path().trim() === '' || add.isPending} onClick={submit}>
            {t('folders.addNow')}
          </Button>
        </>
      }
    >
      <form
        class={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label={t('folders.addPath')}
          value={path()}
          problem={problem()}
          autofocus
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => {
            setPath(event.currentTarget.value);
            setProblem(undefined);
          }}
        />
        <p class={styles['hint']}>{t('folders.addHint')}</p>
      </form>
    </Dialog>
  );
}

function NameDialog(props: { folder: LibraryFolder; onClose: () => void }): JSX.Element {
  const rename = useNameFolder();
  const [alias, setAlias] = createSignal(
    props.folder.name === nameOf(props.folder.path) ? '' : props.folder.name,
  );
  const [problem, setProblem] = createSignal<string>();
  const submit = () =>
    rename.mutate(
      { path: props.folder.path, alias: alias() },
      { onSuccess: () => props.onClose(), onError: (error) => setProblem(describeError(error)) },
    );
  return (
    <Dialog
      title={t('folders.renameTitle')}
      isOpen
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={rename.isPending} onClick={submit}>
            {t('folders.save')}
          </Button>
        </>
      }
    >
      <form
        class={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label={t('file.name')}
          value={alias()}
          placeholder={nameOf(props.folder.path)}
          problem={problem()}
          maxlength={255}
          autofocus
          onInput={(event) => setAlias(event.currentTarget.value)}
        />
        <p class={styles['hint']}>{t('folders.renameHint')}</p>
      </form>
    </Dialog>
  );
}

function RemoveDialog(props: {
  folder: LibraryFolder;
  onClose: () => void;
  onRemoved: () => void;
}): JSX.Element {
  const remove = useRemoveFolder(() => props.onRemoved());
  const [problem, setProblem] = createSignal<string>();
  return (
    <Dialog
      title={t('folders.removeTitle', { name: props.folder.name })}
      isOpen
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button
            look="danger"
            disabled={remove.isPending}
            onClick={() =>
              remove.mutate(props.folder.path, {
                onSuccess: () => {
                  props.onClose();
                  showToast({ text: t('folders.removed') });
                },
                onError: (error) => setProblem(describeError(error)),
              })
            }
          >
            {t('folders.remove')}
          </Button>
        </>
      }
    >
      <p>{t('folders.removeHint')}</p>
      {problem() !== undefined && (
        <p class={styles['problem']} role="alert">
          {problem()}
        </p>
      )}
    </Dialog>
  );
}
