import { createResource, createSignal, createUniqueId, For, Show, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { ComboField } from '../../design/fields/combo-field.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { StarRating } from '../../design/fields/star-rating.tsx';
import { TextField } from '../../design/fields/text-field.tsx';
import { t } from '../../i18n/translate.ts';
import type { BulkOperation } from '../../library/bulk/bulk-worker.ts';
import { IndexRanges } from '../../library/lists/index-ranges.ts';
import { folderOf } from '../../library/files/path-parts.ts';
import { applyPattern, patternProblem } from '../../library/bulk/rename-pattern.ts';
import { selection } from '../../library/lists/selection.ts';
import { useTagSuggestions } from '../../library/annotations/tag-suggestions.ts';
import styles from './bulk-dialogs.module.css';
import { lazyComponent } from '../../library/connection/lazy-component.ts';

const FolderPicker = lazyComponent(
  async () => (await import('../../components/folders/folder-picker.tsx')).FolderPicker,
);

export type BulkDialogKind = 'tag' | 'untag' | 'rate' | 'move' | 'copy' | 'rename' | 'trash';

export interface BulkDialogsProps {
  readonly kind: BulkDialogKind;
  readonly onStart: (operation: BulkOperation) => void;
  readonly onClose: () => void;
}

/** Asks for the parameters of a bulk operation. */
export function BulkDialogs(props: BulkDialogsProps): JSX.Element {
  const shared = { onStart: props.onStart, onClose: props.onClose };
  switch (props.kind) {
    case 'tag':
    case 'untag':
      return <TagDialog kind={props.kind} {...shared} />;
    case 'rate':
      return <RateDialog {...shared} />;
    case 'move':
    case 'copy':
      return <TransferDialog kind={props.kind} {...shared} />;
    case 'rename':
      return <RenameDialog {...shared} />;
    case 'trash':
      return <TrashDialog {...shared} />;
    default:
      return props.kind satisfies never;
  }
}

type Own<Kind extends BulkDialogKind = never> = Omit<BulkDialogsProps, 'kind'> & { readonly kind?: Kind };

/** The first selected files, for a preview. */
function useFirstSelected() {
  const [files] = createResource(async () => {
    const [first] = selection.indices().ranges;
    if (first === undefined) return [];
    const [start, end] = first;
    return (await selection.list()?.filesAt(IndexRanges.of([[start, Math.min(end, start + 3)]]))) ?? [];
  });
  return () => (files.state === 'ready' ? files() : []);
}

function TagDialog(props: Own<'tag' | 'untag'>): JSX.Element {
  const [name, setName] = createSignal('');
  const suggestions = useTagSuggestions(name);
  const isAdding = () => props.kind === 'tag';
  const start = (value: string) => {
    const tagName = value.trim();
    if (tagName !== '') props.onStart({ kind: isAdding() ? 'tag' : 'untag', name: tagName });
  };
  return (
    <Dialog
      title={t(isAdding() ? 'bulk.tagTitle' : 'bulk.untagTitle', { count: selection.count() })}
      isOpen
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={name().trim() === ''} onClick={() => start(name())}>
            {isAdding() ? t('bulk.tag') : t('bulk.untag')}
          </Button>
        </>
      }
    >
      <div class={styles['roomy']}>
        <ComboField
          label={t('bulk.tagName')}
          value={name()}
          suggestions={suggestions()}
          onInput={setName}
          // Fills the field instead of submitting, so that one can check the name before tagging many images.
          onEnter={(value) => (value === name() ? start(value) : setName(value))}
        />
      </div>
    </Dialog>
  );
}

function RateDialog(props: Own): JSX.Element {
  return (
    <Dialog
      title={t('bulk.rateTitle', { count: selection.count() })}
      isOpen
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onStart({ kind: 'rate', rating: 0 })}>{t('bulk.unrate')}</Button>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
        </>
      }
    >
      <StarRating
        value={0}
        label={t('image.rating')}
        labelOf={(count) => t('image.stars', { count })}
        onRate={(rating) => props.onStart({ kind: 'rate', rating })}
      />
    </Dialog>
  );
}

function TransferDialog(props: Own<'move' | 'copy'>): JSX.Element {
  const first = useFirstSelected();
  const isMove = () => props.kind !== 'copy';
  return (
    <Show when={first()[0]}>
      {(file) => (
        <FolderPicker
          title={isMove() ? t('image.moveTo') : t('image.copyTo')}
          confirmLabel={isMove() ? t('image.moveHere') : t('image.copyHere')}
          start={folderOf(file().fullpath)}
          onClose={() => props.onClose()}
          onChoose={(folder) => props.onStart({ kind: isMove() ? 'move' : 'copy', folder })}
        />
      )}
    </Show>
  );
}

function RenameDialog(props: Own): JSX.Element {
  const [pattern, setPattern] = createSignal('{name}');
  const [first, setFirst] = createSignal('1');
  const files = useFirstSelected();
  const formId = createUniqueId();
  const firstNumber = () => (/^\d{1,9}$/.test(first()) ? Number(first()) : undefined);
  const problem = () => {
    const found = patternProblem(pattern());
    return found === undefined || found === 'empty' ? undefined : t(`bulk.rename.${found}`);
  };
  const isReady = () => patternProblem(pattern()) === undefined && firstNumber() !== undefined;
  const start = () => {
    const number = firstNumber();
    if (isReady() && number !== undefined) {
      props.onStart({ kind: 'rename', pattern: pattern(), first: number });
    }
  };
  return (
    <Dialog
      title={t('bulk.renameTitle', { count: selection.count() })}
      isOpen
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form={formId} disabled={!isReady()}>
            {t('bulk.rename')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        class={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <TextField
          label={t('bulk.rename.pattern')}
          value={pattern()}
          problem={problem()}
          spellcheck={false}
          onInput={(event) => setPattern(event.currentTarget.value)}
        />
        <p class={styles['hint']}>{t('bulk.rename.hint', { name: '{name}', n: '{n}', padded: '{n:4}' })}</p>
        <TextField
          label={t('bulk.rename.first')}
          value={first()}
          inputmode="numeric"
          problem={firstNumber() === undefined ? t('bulk.rename.noNumber') : undefined}
          onInput={(event) => setFirst(event.currentTarget.value)}
        />
        <Show when={isReady() && files().length > 0}>
          <ul class={styles['preview']} aria-label={t('bulk.rename.preview')}>
            <For each={files()}>
              {(file, position) => (
                <li>
                  <span>{file.name}</span>
                  <span aria-hidden="true"> → </span>
                  <strong>{applyPattern(pattern(), file.name, (firstNumber() ?? 0) + position())}</strong>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </form>
    </Dialog>
  );
}

function TrashDialog(props: Own): JSX.Element {
  return (
    <Dialog
      title={t('bulk.trashTitle', { count: selection.count() })}
      isOpen
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button look="danger" onClick={() => props.onStart({ kind: 'trash' })}>
            {t('bulk.trash')}
          </Button>
        </>
      }
    >
      <p>{t('bulk.trashHint')}</p>
    </Dialog>
  );
}
