import { Key } from '@solid-primitives/keyed';
import { useNavigate } from '@solidjs/router';
import { createMemo, createSignal, Show, type JSX } from 'solid-js';

import { Chip } from '../../../design/chip.tsx';
import { ComboField } from '../../../design/fields/combo-field.tsx';
import { showToast } from '../../../design/toast.tsx';
import { t } from '../../../i18n/translate.ts';
import { describeError } from '../../../library/connection/describe-error.ts';
import { useImageTags, useTagImages, useUntagImages } from '../../../library/annotations/image-tags.ts';
import { searchPath } from '../../../address/search-path.ts';
import { exactTerm } from '../../../query/print-term.ts';
import { useTagSuggestions } from '../../../library/annotations/tag-suggestions.ts';
import styles from './tag-editor.module.css';

/** The custom tags of an image, to search for, add and remove. */
export function TagEditor(props: { path: string; ref?: (input: HTMLInputElement) => void }): JSX.Element {
  const navigate = useNavigate();
  const tags = useImageTags(() => props.path);
  const add = useTagImages();
  const remove = useUntagImages();
  const [text, setText] = createSignal('');
  const own = createMemo(() => (tags.isSuccess ? tags.data : []));
  const suggestions = useTagSuggestions(text, () => own().map(({ name }) => name));
  const fail = (error: unknown) => showToast({ look: 'danger', text: describeError(error) });
  return (
    <div class={styles['editor']}>
      <ul class={styles['tags']} aria-label={t('image.tags')}>
        <Key each={own()} by="id">
          {(tag) => (
            <li>
              <Chip
                label={tag().display_name ?? tag().name}
                color={tag().color}
                onClick={() => navigate(searchPath(exactTerm('tag', tag().name)))}
                onRemove={() => remove.mutate({ paths: [props.path], tag: tag() }, { onError: fail })}
              />
            </li>
          )}
        </Key>
      </ul>
      <ComboField
        {...(props.ref === undefined ? {} : { ref: props.ref })}
        label={t('image.addTag')}
        isLabelHidden
        placeholder={t('image.addTag')}
        value={text()}
        suggestions={suggestions()}
        onInput={setText}
        onEnter={(value) => {
          const name = value.trim();
          if (name === '') return;
          add.mutate(
            { paths: [props.path], name },
            {
              // Keeps the text until the tag has been added.
              onSuccess: () => setText((now) => (now.trim() === name ? '' : now)),
              onError: fail,
            },
          );
          setText(name);
        }}
      />
      <Show when={tags.isError}>
        <p class={styles['problem']}>{describeError(tags.error)}</p>
      </Show>
    </div>
  );
}
