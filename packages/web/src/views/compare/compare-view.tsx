import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { useAddressParameter } from '../../address/address-parameter.ts';
import { basePath } from '../../address/base-path.ts';
import { Button, IconButton } from '../../design/button.tsx';
import { Progress } from '../../design/progress.tsx';
import { EmptyState } from '../../design/state.tsx';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { useFileInfo } from '../../library/files/file-infos.ts';
import { useImageMetadata } from '../../library/files/image-metadata.ts';
import { usePictureSource } from '../../library/files/use-picture-source.ts';
import { nameOf } from '../../library/files/path-parts.ts';

import type { FileSummary } from '../../library/files/file-summary.ts';
import { diffWords, type DiffPart } from './word-diff.ts';
import { compareSettings } from './compare-settings.ts';
import styles from './compare-view.module.css';

/** Compares two images, with a slider or side by side, and their prompts and settings. */
export function CompareView(): JSX.Element {
  const [left, setLeft] = useAddressParameter('left');
  const [right, setRight] = useAddressParameter('right');
  const [mode, setMode] = useAddressParameter('mode', 'slider');
  const swap = () => {
    const [wasLeft, wasRight] = [left(), right()];
    setLeft(wasRight, { replace: true });
    setRight(wasLeft, { replace: true });
  };
  return (
    <section class={styles['view']} aria-label={t('compare.title')}>
      <Show
        when={left() !== '' && right() !== ''}
        fallback={
          <EmptyState icon="images" title={t('compare.nothing')} hint={t('compare.nothingHint')}>
            <a href={`${basePath}/`}>{t('app.toImages')}</a>
          </EmptyState>
        }
      >
        <header class={styles['toolbar']}>
          <IconButton icon="chevron-left" label={t('image.keys.close')} onClick={() => history.back()} />
          <h2>{t('compare.title')}</h2>
          <div class={styles['modes']} role="group" aria-label={t('compare.mode')}>
            <Button
              look="quiet"
              aria-pressed={mode() === 'slider'}
              onClick={() => setMode('slider', { replace: true })}
            >
              {t('compare.modeSlider')}
            </Button>
            <Button
              look="quiet"
              aria-pressed={mode() !== 'slider'}
              onClick={() => setMode('side', { replace: true })}
            >
              {t('compare.modeSide')}
            </Button>
          </div>
          <Button onClick={swap}>{t('compare.swap')}</Button>
        </header>
        <Pictures left={left()} right={right()} isSlider={mode() === 'slider'} />
        <Settings left={left()} right={right()} />
      </Show>
    </section>
  );
}

function Pictures(props: { left: string; right: string; isSlider: boolean }): JSX.Element {
  const [share, setShare] = createSignal(50);
  let stage: HTMLDivElement | undefined;
  const follow = (event: PointerEvent) => {
    if (event.buttons !== 1 || stage === undefined) return;
    const { left, width } = stage.getBoundingClientRect();
    setShare(Math.round(Math.min(1, Math.max(0, (event.clientX - left) / width)) * 1000) / 10);
  };
  return (
    <Show
      when={props.isSlider}
      fallback={
        <div class={styles['pair']}>
          <figure>
            <Picture path={props.left} />
            <figcaption>{nameOf(props.left)}</figcaption>
          </figure>
          <figure>
            <Picture path={props.right} />
            <figcaption>{nameOf(props.right)}</figcaption>
          </figure>
        </div>
      }
    >
      <div class={styles['slider']}>
        <div
          ref={stage}
          class={styles['stage']}
          data-testid="compare-stage"
          onPointerDown={(event) => {
            stage?.setPointerCapture(event.pointerId);
            follow(event);
          }}
          onPointerMove={follow}
        >
          <Picture path={props.right} />
          <div class={styles['over']} style={{ 'clip-path': `inset(0 ${100 - share()}% 0 0)` }}>
            <Picture path={props.left} />
          </div>
          <div class={styles['line']} style={{ left: `${share()}%` }} />
          <span class={styles['labelLeft']}>{nameOf(props.left)}</span>
          <span class={styles['labelRight']}>{nameOf(props.right)}</span>
        </div>
        <input
          class={styles['range']}
          type="range"
          min="0"
          max="100"
          step="1"
          value={share()}
          aria-label={t('compare.slider')}
          onInput={(event) => setShare(event.currentTarget.valueAsNumber)}
        />
      </div>
    </Show>
  );
}

function Picture(props: { path: string }): JSX.Element {
  const info = useFileInfo(() => props.path);
  return (
    <>
      <Show when={info.isPending}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={info.isError && info.error}>
        {(error) => <p class={styles['problem']}>{describeError(error())}</p>}
      </Show>
      <Show when={info.isSuccess && info.data === null}>
        <p class={styles['problem']}>{t('image.gone')}</p>
      </Show>
      <Show when={info.isSuccess && info.data}>{(file) => <DrawnPicture file={file()} />}</Show>
    </>
  );
}

function DrawnPicture(props: { file: FileSummary }): JSX.Element {
  const source = usePictureSource(() => props.file);
  return (
    <Show when={!source.isBroken()} fallback={<p class={styles['problem']}>{t('image.broken')}</p>}>
      <img
        class={styles['picture']}
        src={source.url()}
        alt={nameOf(props.file.fullpath)}
        draggable={false}
        onError={({ currentTarget }) => source.failed(currentTarget.getAttribute('src'))}
      />
    </Show>
  );
}

function Settings(props: { left: string; right: string }): JSX.Element {
  const left = useImageMetadata(() => props.left);
  const right = useImageMetadata(() => props.right);
  const [isOnlyDifferent, setOnlyDifferent] = createSignal(false);
  const both = createMemo(() =>
    left.isSuccess && right.isSuccess
      ? { left: left.data.generation ?? {}, right: right.data.generation ?? {} }
      : undefined,
  );
  const error = () => left.error ?? right.error;
  const rows = createMemo(() => {
    const known = both();
    const all = known === undefined ? [] : compareSettings(known.left, known.right);
    return isOnlyDifferent() ? all.filter((row) => row.left !== row.right) : all;
  });
  return (
    <div class={styles['settings']}>
      <Show when={error() !== null}>
        <p class={styles['problem']} role="alert">
          {describeError(error())}{' '}
          <Button
            onClick={() => {
              void left.refetch();
              void right.refetch();
            }}
          >
            {t('common.retry')}
          </Button>
        </p>
      </Show>
      <Show when={both()} fallback={error() === null && <Progress label={t('common.loading')} />}>
        {(known) => (
          <>
            <label class={styles['only']}>
              <input
                type="checkbox"
                checked={isOnlyDifferent()}
                onChange={(event) => setOnlyDifferent(event.currentTarget.checked)}
              />
              {t('compare.onlyDifferent')}
            </label>
            <Prompts
              label={t('image.prompt')}
              left={known().left.prompt ?? ''}
              right={known().right.prompt ?? ''}
              isOnlyDifferent={isOnlyDifferent()}
            />
            <Prompts
              label={t('image.negativePrompt')}
              left={known().left.negative_prompt ?? ''}
              right={known().right.negative_prompt ?? ''}
              isOnlyDifferent={isOnlyDifferent()}
            />
            <Show when={rows().length > 0} fallback={<p>{t('compare.same')}</p>}>
              <table class={styles['table']}>
                <thead>
                  <tr>
                    <th scope="col">{t('compare.setting')}</th>
                    <th scope="col">{t('compare.left')}</th>
                    <th scope="col">{t('compare.right')}</th>
                  </tr>
                </thead>
                <tbody>
                  <For each={rows()}>
                    {(row) => (
                      <tr data-differs={row.left !== row.right}>
                        <th scope="row">
                          {typeof row.label === 'string' ? t(row.label) : row.label.name}
                          <Show when={row.left !== row.right}>
                            <span class="visually-hidden"> ({t('compare.differs')})</span>
                          </Show>
                        </th>
                        <td>{row.left}</td>
                        <td>{row.right}</td>
                      </tr>
                    )}
                  </For>
                </tbody>
              </table>
            </Show>
          </>
        )}
      </Show>
    </div>
  );
}

interface PromptsProps {
  readonly label: string;
  readonly left: string;
  readonly right: string;
  readonly isOnlyDifferent: boolean;
}

function Prompts(props: PromptsProps): JSX.Element {
  const parts = createMemo(() => diffWords(props.left, props.right));
  const isShown = () =>
    (props.left !== '' || props.right !== '') && !(props.isOnlyDifferent && props.left === props.right);
  return (
    <Show when={isShown()}>
      <h3>{props.label}</h3>
      <div class={styles['prompts']}>
        <Prompt label={`${props.label}, ${t('compare.left')}`} parts={parts()} side="left" />
        <Prompt label={`${props.label}, ${t('compare.right')}`} parts={parts()} side="right" />
      </div>
    </Show>
  );
}

function Prompt(props: { label: string; parts: readonly DiffPart[]; side: 'left' | 'right' }): JSX.Element {
  const own = () => props.parts.filter(({ side }) => side === 'both' || side === props.side);
  return (
    <p class={styles['prompt']} role="group" aria-label={props.label} dir="auto">
      <Show when={own().length > 0} fallback={<em>{t('compare.noText')}</em>}>
        <For each={own()}>
          {({ text, side }) =>
            side === 'both' ? text : side === 'left' ? <del>{text}</del> : <ins>{text}</ins>
          }
        </For>
      </Show>
    </p>
  );
}
