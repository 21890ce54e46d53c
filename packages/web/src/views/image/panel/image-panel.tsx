import type { ImageDescription } from '@iib-kit/contract';
import { createMemo, For, Show, Suspense, type JSX } from 'solid-js';

import { folderHref, searchHref } from '../../../address/hrefs.ts';
import { Button } from '../../../design/button.tsx';
import { CopyValue, copyWithToast } from '../../../design/copy-value.tsx';
import { Disclosure } from '../../../design/disclosure.tsx';
import { Progress } from '../../../design/progress.tsx';
import { Skeleton } from '../../../design/skeleton.tsx';
import { StarRating } from '../../../design/fields/star-rating.tsx';
import { showToast } from '../../../design/toast.tsx';
import { dateTime, fileSize, number, seconds } from '../../../i18n/format.ts';
import { t } from '../../../i18n/translate.ts';
import { useFileInfo } from '../../../library/files/file-infos.ts';
import { describeError } from '../../../library/connection/describe-error.ts';
import { useImageMetadata, useImageExif, useInfotextReader } from '../../../library/files/image-metadata.ts';
import { useAnnotations } from '../../../library/annotations/annotations.ts';
import { folderOf, nameOf } from '../../../library/files/path-parts.ts';
import { exactTerm } from '../../../query/print-term.ts';
import { readGraph } from './comfy-graph.ts';
import styles from './image-panel.module.css';
import { NoteEditor } from './note-editor.tsx';
import { PromptText } from './prompt-text.tsx';
import { RawTexts } from './raw-texts.tsx';
import { MoreLikeThis, NearDuplicates } from './related-images.tsx';
import { settingRows, stageRows, type Generation } from '../../../components/setting-rows.ts';
import { SettingsList } from './settings-list.tsx';
import { TagEditor } from './tag-editor.tsx';
import { lazyComponent } from '../../../library/connection/lazy-component.ts';

const GraphList = lazyComponent(async () => (await import('./graph-list.tsx')).GraphList);

export interface ImagePanelProps {
  readonly path: string;
  readonly onRate: (rating: number) => void;
  readonly tagRef: (input: HTMLInputElement) => void;
  readonly noteRef: (area: HTMLTextAreaElement) => void;
}

/** Rating, tags and note of an image, and its metadata to read and copy. */
export function ImagePanel(props: ImagePanelProps): JSX.Element {
  const path = () => props.path;
  const annotations = useAnnotations(path);
  const description = useImageMetadata(path);
  return (
    <div class={styles['panel']}>
      <section class={styles['own']} aria-label={t('image.own')}>
        <StarRating
          value={annotations.isSuccess ? annotations.data.rating : 0}
          label={t('image.rating')}
          labelOf={(count) => t('image.stars', { count })}
          onRate={props.onRate}
        />
        <TagEditor path={props.path} ref={props.tagRef} />
        <NoteEditor path={props.path} ref={props.noteRef} />
      </section>
      <Show when={description.isPending}>
        <Progress label={t('common.loading')} />
        <Skeleton height="6rem" />
        <Skeleton height="10rem" />
      </Show>
      <Show when={description.isError}>
        <p class={styles['problem']} role="alert">
          {describeError(description.error)}{' '}
          <Button onClick={() => void description.refetch()}>{t('common.retry')}</Button>
        </p>
      </Show>
      <Show when={description.isSuccess && description.data}>
        {(known) => <Described path={props.path} description={known()} />}
      </Show>
      <Disclosure label={t('image.moreLikeThis')}>
        <MoreLikeThis path={props.path} />
      </Disclosure>
      <Disclosure label={t('image.nearDuplicates')}>
        <NearDuplicates path={props.path} />
      </Disclosure>
      <FileDetails path={props.path} description={description.isSuccess ? description.data : undefined} />
    </div>
  );
}

function Described(props: { path: string; description: ImageDescription }): JSX.Element {
  const readInfotext = useInfotextReader();
  const graph = createMemo(() => readGraph(props.description.embedded));
  return (
    <>
      <Show
        when={props.description.generation}
        fallback={
          <p class={styles['hint']}>
            {props.description.ai_generated === null
              ? t('image.nothingRecorded')
              : t('image.aiGenerated', { source: props.description.ai_generated.value })}
          </p>
        }
      >
        {(generation) => (
          <>
            <Generated generation={generation()} />
            <Button
              icon="copy"
              onClick={() =>
                void readInfotext(props.path)
                  .then((text) => copyWithToast(text, t('image.allSettings')))
                  .catch((error: unknown) => showToast({ look: 'danger', text: describeError(error) }))
              }
            >
              {t('image.copyAll')}
            </Button>
            <p class={styles['hint']}>
              <Show when={props.description.generator}>
                {(generator) => (
                  <a href={searchHref(exactTerm('generator', generator()))}>
                    {t('image.madeWith', { generator: generator() })}
                  </a>
                )}
              </Show>{' '}
              <Show when={props.description.is_edited}>{t('image.isEdited')}</Show>
            </p>
          </>
        )}
      </Show>
      <For each={props.description.alternatives}>
        {({ generator, generation }) => (
          <Disclosure label={t('image.alternative', { generator })}>
            <div class={styles['stack']}>
              <Generated generation={generation} />
            </div>
          </Disclosure>
        )}
      </For>
      <Show when={graph()}>
        {(nodes) => (
          <Disclosure label={t('image.graph')} hint={t('image.graph.nodes', { count: nodes().length })}>
            <Suspense fallback={<Progress label={t('common.loading')} />}>
              <GraphList nodes={nodes()} />
            </Suspense>
          </Disclosure>
        )}
      </Show>
      <Show when={props.description.embedded.length > 0}>
        <Disclosure label={t('image.rawTexts')} hint={number(props.description.embedded.length)}>
          <RawTexts texts={props.description.embedded} />
        </Disclosure>
      </Show>
      <Show when={props.description.warnings.length > 0}>
        <Disclosure label={t('image.warnings')} hint={number(props.description.warnings.length)}>
          <ul class={styles['stack']}>
            <For each={props.description.warnings}>{({ message }) => <li>{message}</li>}</For>
          </ul>
        </Disclosure>
      </Show>
    </>
  );
}

function Generated(props: { generation: Generation }): JSX.Element {
  return (
    <>
      <PromptText label={t('image.prompt')} text={props.generation.prompt} />
      <PromptText label={t('image.negativePrompt')} text={props.generation.negative_prompt} look="negative" />
      <For each={props.generation.characters}>
        {(character, position) => (
          <>
            <PromptText label={t('image.character', { number: position() + 1 })} text={character.prompt} />
            <PromptText
              label={t('image.characterNegative', { number: position() + 1 })}
              text={character.negative_prompt}
              look="negative"
            />
          </>
        )}
      </For>
      <SettingsList rows={settingRows(props.generation)} />
      <Show when={(props.generation.stages ?? []).length > 1}>
        <Disclosure label={t('image.stages')} hint={number(props.generation.stages?.length ?? 0)}>
          <ol class={styles['stack']}>
            <For each={props.generation.stages}>
              {(stage) => (
                <li class={styles['stack']}>
                  <h4>{stage.role}</h4>
                  <PromptText label={t('image.prompt')} text={stage.prompt} />
                  <PromptText
                    label={t('image.negativePrompt')}
                    text={stage.negative_prompt}
                    look="negative"
                  />
                  <SettingsList rows={stageRows(stage)} />
                </li>
              )}
            </For>
          </ol>
        </Disclosure>
      </Show>
    </>
  );
}

function FileDetails(props: { path: string; description: ImageDescription | undefined }): JSX.Element {
  const info = useFileInfo(() => props.path);
  const exif = useImageExif(
    () => props.path,
    () => true,
  );
  const pixels = () => {
    const { width = null, height = null } = props.description ?? {};
    return width === null || height === null ? undefined : `${width} × ${height}`;
  };
  return (
    <Disclosure label={t('image.file')}>
      <dl class={styles['details']}>
        <dt>{t('file.name')}</dt>
        <dd>
          <CopyValue name={t('file.name')} value={nameOf(props.path)} />
        </dd>
        <dt>{t('file.folder')}</dt>
        <dd>
          <a href={folderHref(folderOf(props.path))}>{folderOf(props.path)}</a>
        </dd>
        <dt>{t('file.path')}</dt>
        <dd>
          <CopyValue name={t('file.path')} value={props.path} />
        </dd>
        <Show when={pixels()}>
          {(size) => (
            <>
              <dt>{t('file.pixels')}</dt>
              <dd>{size()}</dd>
            </>
          )}
        </Show>
        <TimingDetails timing={props.description?.timing} />
        <Show when={info.isSuccess && info.data}>
          {(known) => (
            <>
              <dt>{t('file.size')}</dt>
              <dd>{fileSize(known().bytes)}</dd>
              <dt>{t('file.modified')}</dt>
              <dd>{dateTime(known().date)}</dd>
              <dt>{t('file.created')}</dt>
              <dd>{dateTime(known().created_time)}</dd>
            </>
          )}
        </Show>
        <Show when={exif.isSuccess && exif.data}>
          {(fields) => (
            <For each={Object.entries(fields()).filter(([, value]) => value.length <= MAX_EXIF_LENGTH)}>
              {([name, value]) => (
                <>
                  <dt>{name}</dt>
                  <dd>
                    <CopyValue name={name} value={value} />
                  </dd>
                </>
              )}
            </For>
          )}
        </Show>
      </dl>
    </Disclosure>
  );
}

function TimingDetails(props: { timing: ImageDescription['timing'] }): JSX.Element {
  const rows = () => {
    const { duration, frame_rate: rate, frame_count: count } = props.timing ?? {};
    return [
      { label: 'file.duration', value: duration === undefined ? undefined : seconds(duration) },
      { label: 'file.frameRate', value: rate === undefined ? undefined : number(rate) },
      { label: 'file.frameCount', value: count === undefined ? undefined : number(count) },
    ] as const;
  };
  return (
    <For each={rows().filter(({ value }) => value !== undefined)}>
      {({ label, value }) => (
        <>
          <dt>{t(label)}</dt>
          <dd>{value}</dd>
        </>
      )}
    </For>
  );
}

/** Longer values are shown only as raw metadata. */
const MAX_EXIF_LENGTH = 200;
