import { createSignal, onMount, Show, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { TextField } from '../../design/fields/text-field.tsx';
import { showToast } from '../../design/toast.tsx';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { useRename, useTransfer, type Transfer } from '../../library/files/file-operations.ts';
import { folderOf, nameOf, splitName } from '../../library/files/path-parts.ts';
import type { FileDialog } from './use-file-actions.ts';
import { lazyComponent } from '../../library/connection/lazy-component.ts';

const FolderPicker = lazyComponent(
  async () => (await import('../../components/folders/folder-picker.tsx')).FolderPicker,
);

export interface FileDialogsProps {
  readonly kind: FileDialog;
  readonly path: string;
  readonly onClose: () => void;
  /** Called with the new path of the image. */
  readonly onMoved: (path: string) => void;
}

/** The dialogs that rename, move and copy one image. */
export function FileDialogs(props: FileDialogsProps): JSX.Element {
  return (
    <Show
      when={props.kind !== 'rename' && props.kind}
      fallback={<RenameDialog path={props.path} onClose={props.onClose} onMoved={props.onMoved} />}
    >
      {(how) => (
        <TransferDialog how={how()} path={props.path} onClose={props.onClose} onMoved={props.onMoved} />
      )}
    </Show>
  );
}

function RenameDialog(props: Omit<FileDialogsProps, 'kind'>): JSX.Element {
  const rename = useRename();
  const [name, setName] = createSignal(nameOf(props.path));
  const [problem, setProblem] = createSignal<string>();
  let form: HTMLFormElement | undefined;
  onMount(() => {
    const input = form?.querySelector('input');
    input?.focus();
    input?.setSelectionRange(0, splitName(name()).stem.length);
  });
  const submit = () => {
    const newName = name().trim();
    if (newName === nameOf(props.path)) props.onClose();
    else if (newName === '') setProblem(t('image.nameMissing'));
    else send(newName);
  };
  const send = (newName: string) =>
    rename.mutate(
      { path: props.path, name: newName },
      {
        onSuccess: ({ new_path: path }) => {
          props.onClose();
          props.onMoved(path);
          showToast({ text: t('image.renamed', { name: nameOf(path) }), milliseconds: 3000 });
        },
        onError: (error) => setProblem(describeError(error)),
      },
    );
  return (
    <Dialog
      title={t('image.rename')}
      isOpen
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={rename.isPending} onClick={submit}>
            {t('image.renameNow')}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label={t('file.name')}
          value={name()}
          problem={problem()}
          onInput={(event) => {
            setName(event.currentTarget.value);
            setProblem(undefined);
          }}
        />
      </form>
    </Dialog>
  );
}

function TransferDialog(props: Omit<FileDialogsProps, 'kind'> & { how: Transfer }): JSX.Element {
  const transfer = useTransfer();
  const [problem, setProblem] = createSignal<string>();
  return (
    <FolderPicker
      title={props.how === 'move' ? t('image.moveTo') : t('image.copyTo')}
      confirmLabel={props.how === 'move' ? t('image.moveHere') : t('image.copyHere')}
      start={folderOf(props.path)}
      isBusy={transfer.isPending}
      problem={problem()}
      onClose={() => props.onClose()}
      onChoose={(folder) =>
        transfer.mutate(
          { paths: [props.path], folder, how: props.how },
          {
            onSuccess: ({ errors, files }) => {
              const [done] = files;
              if (done === undefined) {
                setProblem(errors.join('\n'));
                return;
              }
              props.onClose();
              if (props.how === 'move') props.onMoved(done.to);
              showToast({
                text: t(props.how === 'move' ? 'image.moved' : 'image.copied', { path: done.to }),
                milliseconds: 5000,
              });
            },
            onError: (error) => setProblem(describeError(error)),
          },
        )
      }
    />
  );
}
