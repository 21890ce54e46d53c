import { Key } from '@solid-primitives/keyed';
import { A } from '@solidjs/router';
import type { Tag } from '@iib-kit/client/browser';
import { createSignal, Show, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Menu } from '../../design/menu.tsx';
import { Progress } from '../../design/progress.tsx';
import { SelectField } from '../../design/fields/select-field.tsx';
import { ErrorState } from '../../design/state.tsx';
import { TextField } from '../../design/fields/text-field.tsx';
import { t } from '../../i18n/translate.ts';
import {
  useCustomTags,
  useMergeTags,
  useRemoveTag,
  useUpdateTag,
} from '../../library/annotations/custom-tags.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { searchPath } from '../../address/search-path.ts';
import { exactTerm } from '../../query/print-term.ts';
import { Section } from './section.tsx';
import styles from './settings-view.module.css';

/** The built-in tag, which cannot be renamed. */
const LIKE = 'like';

type Asked = { readonly what: 'rename' | 'merge' | 'remove'; readonly tag: Tag };

/** Lists custom tags, to rename, recolor, merge and delete them. */
export function TagsSection(): JSX.Element {
  const tags = useCustomTags();
  const [asked, setAsked] = createSignal<Asked>();
  const close = () => setAsked(undefined);
  return (
    <Section title={t('settings.tags')} hint={t('settings.tagsHint')}>
      <Show when={tags.isPending}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={tags.isError && tags.error}>
        {(error) => <ErrorState message={describeError(error())} onRetry={() => void tags.refetch()} />}
      </Show>
      <Show when={tags.isSuccess && tags.data}>
        {(known) => (
          <>
            <ul class={styles['rows']}>
              <Key each={known()} by="id">
                {(tag) => <TagRow tag={tag()} onAsk={(what) => setAsked({ what, tag: tag() })} />}
              </Key>
            </ul>
            <Show when={asked()} keyed>
              {({ what, tag }) =>
                what === 'rename' ? (
                  <RenameDialog tag={tag} onClose={close} />
                ) : what === 'merge' ? (
                  <MergeDialog tag={tag} others={known().filter(({ id }) => id !== tag.id)} onClose={close} />
                ) : (
                  <RemoveDialog tag={tag} onClose={close} />
                )
              }
            </Show>
          </>
        )}
      </Show>
    </Section>
  );
}

function TagRow(props: { tag: Tag; onAsk: (what: Asked['what']) => void }): JSX.Element {
  const update = useUpdateTag();
  return (
    <li class={styles['row']}>
      <input
        class={styles['color']}
        type="color"
        aria-label={t('settings.tagColor', { name: props.tag.name })}
        value={/^#[\da-f]{6}$/i.test(props.tag.color) ? props.tag.color : '#808080'}
        onChange={(event) => update.mutate({ id: props.tag.id, color: event.currentTarget.value })}
      />
      <A class={styles['name']} href={searchPath(exactTerm('tag', props.tag.name))}>
        {props.tag.name}
      </A>
      <span class={styles['count']}>{t('app.counts', { count: props.tag.count })}</span>
      <Show when={props.tag.name !== LIKE} fallback={<span class={styles['noMenu']} />}>
        <Menu
          label={t('settings.tagActions', { name: props.tag.name })}
          icon="more"
          isIconOnly
          items={[
            { label: t('settings.rename'), icon: 'edit', onChoose: () => props.onAsk('rename') },
            { label: t('settings.merge'), icon: 'tag', onChoose: () => props.onAsk('merge') },
            {
              label: t('settings.delete'),
              icon: 'trash',
              isDangerous: true,
              onChoose: () => props.onAsk('remove'),
            },
          ]}
        />
      </Show>
      <Show when={update.isError}>
        <p class={styles['problem']} role="alert">
          {describeError(update.error)}
        </p>
      </Show>
    </li>
  );
}

interface TagDialogProps {
  readonly tag: Tag;
  readonly onClose: () => void;
}

function RenameDialog(props: TagDialogProps): JSX.Element {
  const update = useUpdateTag();
  const [name, setName] = createSignal(props.tag.name);
  const rename = () =>
    update.mutate({ id: props.tag.id, name: name() }, { onSuccess: () => props.onClose() });
  return (
    <Dialog
      title={t('settings.renameTag', { name: props.tag.name })}
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={name().trim() === '' || update.isPending} onClick={rename}>
            {t('settings.rename')}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename();
        }}
      >
        <TextField
          label={t('settings.name')}
          value={name()}
          maxlength={255}
          problem={update.isError ? describeError(update.error) : undefined}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </form>
    </Dialog>
  );
}

function MergeDialog(props: TagDialogProps & { others: readonly Tag[] }): JSX.Element {
  const merge = useMergeTags();
  const [into, setInto] = createSignal(String(props.others[0]?.id ?? ''));
  return (
    <Dialog
      title={t('settings.mergeTag', { name: props.tag.name })}
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            disabled={into() === '' || merge.isPending}
            onClick={() =>
              merge.mutate({ id: props.tag.id, into: Number(into()) }, { onSuccess: () => props.onClose() })
            }
          >
            {t('settings.merge')}
          </Button>
        </>
      }
    >
      <p>{t('settings.mergeHint', { name: props.tag.name })}</p>
      <SelectField
        label={t('settings.mergeInto')}
        value={into()}
        options={props.others.map(({ id, name }) => ({ value: String(id), label: name }))}
        onChange={setInto}
      />
      <Show when={merge.isError}>
        <p class={styles['problem']} role="alert">
          {describeError(merge.error)}
        </p>
      </Show>
    </Dialog>
  );
}

function RemoveDialog(props: TagDialogProps): JSX.Element {
  const remove = useRemoveTag();
  return (
    <Dialog
      title={t('settings.deleteTag', { name: props.tag.name })}
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button
            look="danger"
            disabled={remove.isPending}
            onClick={() => remove.mutate({ id: props.tag.id }, { onSuccess: () => props.onClose() })}
          >
            {t('settings.delete')}
          </Button>
        </>
      }
    >
      <p>{t('settings.deleteTagHint', { count: props.tag.count })}</p>
      <Show when={remove.isError}>
        <p class={styles['problem']} role="alert">
          {describeError(remove.error)}
        </p>
      </Show>
    </Dialog>
  );
}
