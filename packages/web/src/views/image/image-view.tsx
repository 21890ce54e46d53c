import { createEffect, createSignal, on, onCleanup, onMount, Show, Suspense, type JSX } from 'solid-js';

import { useImageAddress } from '../../address/image-address.ts';
import { ConnectionBanner } from '../../components/connection-banner.tsx';
import { Button, IconButton } from '../../design/button.tsx';
import { Menu } from '../../design/menu.tsx';
import { Progress } from '../../design/progress.tsx';
import { ErrorState, EmptyState } from '../../design/state.tsx';
import { showToast } from '../../design/toast.tsx';
import { number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { useFileInfo } from '../../library/files/file-infos.ts';
import { useAnnotations, useRate } from '../../library/annotations/annotations.ts';
import { fileUrl, isAudio, isVideo, streamUrl, thumbnailUrl } from '../../library/files/media-url.ts';
import { nameOf } from '../../library/files/path-parts.ts';
import { activeList } from '../../library/lists/active-list.ts';
import type { FileSummary } from '../../library/files/file-summary.ts';
import { createPreference } from '../../preferences/preference.ts';
import { ImagePanel } from './panel/image-panel.tsx';
import styles from './image-view.module.css';
import { Player } from './player.tsx';
import { PictureStage, type PictureControls } from './picture-stage.tsx';
import { useIndexInList } from './index-in-list.ts';
import { useFileActions, type FileDialog } from './use-file-actions.ts';
import { viewKey } from './view-keys.ts';
import { ZOOM_STEP } from './zoom.ts';
import { lazyComponent } from '../../library/connection/lazy-component.ts';

const FileDialogs = lazyComponent(async () => (await import('./file-dialogs.tsx')).FileDialogs);
const KeysDialog = lazyComponent(async () => (await import('./keys-dialog.tsx')).KeysDialog);

const [isPanelOpen, setPanelOpen] = createPreference(
  'image-panel',
  innerWidth >= 900,
  (value) => value === true,
);

/** How far an arrow key moves a picture that is zoomed into, in CSS pixels. */
const PAN = 80;

export interface ImageViewProps {
  /** What had the focus in the view beneath. */
  readonly opener: () => HTMLElement | undefined;
}

/** One image over the view that it was found in: as large as the window, with all that is known of it. */
export function ImageView(props: ImageViewProps): JSX.Element {
  const image = useImageAddress();
  const path = image.shown;
  const info = useFileInfo(path);
  const place = useIndexInList(path, () => file());
  const marks = useAnnotations(path);
  const rate = useRate();
  const [controls, setControls] = createSignal<PictureControls>();
  const [dialog, setDialog] = createSignal<FileDialog>();
  const [areKeysShown, setKeysShown] = createSignal(false);
  let view: HTMLDivElement | undefined;
  let tagInput: HTMLInputElement | undefined;
  let noteArea: HTMLTextAreaElement | undefined;

  /** What the list knows is there at once; what it does not is asked for. */
  const listed = new Map<string, FileSummary>();
  createEffect(
    on(place, (found) => {
      for (const file of [found?.previous, found?.next])
        if (file !== undefined) listed.set(file.fullpath, file);
    }),
  );
  const file = (): FileSummary | undefined =>
    info.isSuccess ? (info.data ?? undefined) : listed.get(path());
  const isGone = () => info.isSuccess && info.data === null;

  const go = (step: 1 | -1) => {
    const target = step === 1 ? place()?.next : place()?.previous;
    if (target !== undefined) image.show(target.fullpath);
  };
  const leave = () => {
    const found = place()?.next ?? place()?.previous;
    if (found === undefined) image.close();
    else image.show(found.fullpath);
  };
  const rating = () => (marks.isSuccess ? marks.data.rating : 0);
  const setRating = (stars: number) =>
    rate.mutate(
      { paths: [path()], rating: stars },
      {
        onSuccess: () =>
          showToast({
            text: stars === 0 ? t('image.unrated') : t('image.rated', { count: stars }),
            milliseconds: 2000,
          }),
        onError: (error) => showToast({ look: 'danger', text: describeError(error) }),
      },
    );
  const actions = useFileActions({ path, onLeave: leave, onShow: image.show, onDialog: setDialog });
  const openPanelAt = (element: () => HTMLElement | undefined) => {
    setPanelOpen(true);
    queueMicrotask(() => element()?.focus());
  };

  const run = (event: KeyboardEvent): boolean => {
    const picture = controls();
    const isZoomed = picture?.isFitted() === false;
    switch (viewKey(event)) {
      case 'close':
        image.close();
        return true;
      case 'next':
        go(1);
        return true;
      case 'previous':
        go(-1);
        return true;
      case 'pan-left':
        return (picture?.pan(PAN, 0), isZoomed);
      case 'pan-right':
        return (picture?.pan(-PAN, 0), isZoomed);
      case 'pan-up':
        return (picture?.pan(0, PAN), isZoomed);
      case 'pan-down':
        return (picture?.pan(0, -PAN), isZoomed);
      case 'zoom-in':
        return (picture?.zoomBy(ZOOM_STEP), picture !== undefined);
      case 'zoom-out':
        return (picture?.zoomBy(1 / ZOOM_STEP), picture !== undefined);
      case 'full-size':
        return (picture?.toggleFullSize(), picture !== undefined);
      case 'fit-or-unrate':
        if (isZoomed) picture?.fit();
        else if (rating() !== 0) setRating(0);
        return true;
      case 'rate':
        setRating(Number(event.key));
        return true;
      case 'panel':
        setPanelOpen(!isPanelOpen());
        return true;
      case 'tag':
        openPanelAt(() => tagInput);
        return true;
      case 'note':
        openPanelAt(() => noteArea);
        return true;
      case 'trash':
        actions.trash();
        return true;
      case 'rename':
        setDialog('rename');
        return true;
      case 'keys':
        setKeysShown(true);
        return true;
      default:
        return false;
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
    if (run(event)) event.preventDefault();
  };

  onMount(() => {
    view?.focus();
    document.addEventListener('keydown', onKeyDown);
    const { overflow } = document.body.style;
    document.body.style.overflow = 'hidden';
    onCleanup(() => {
      document.removeEventListener('keydown', onKeyDown);
      document.body.style.overflow = overflow;
    });
  });
  // The view beneath comes back within reach before it takes the focus.
  const shownFirst = path();
  let shownLast = shownFirst;
  createEffect(on(path, (now) => now !== '' && (shownLast = now)));
  onCleanup(() => {
    const offered = activeList();
    const position = offered?.list()?.indexOf(shownLast);
    const opener = props.opener();
    queueMicrotask(() => {
      if (shownLast === shownFirst && opener?.isConnected === true) opener.focus({ preventScroll: true });
      else if (position !== undefined) offered?.reveal?.(position);
    });
  });

  const preload = () => {
    for (const beside of [place()?.next, place()?.previous]) {
      if (beside === undefined || isVideo(beside.fullpath) || isAudio(beside.fullpath)) continue;
      new Image().src = fileUrl(beside);
    }
  };
  return (
    <div
      ref={view}
      class={styles['view']}
      role="dialog"
      aria-modal="true"
      aria-label={nameOf(path())}
      tabindex="-1"
      data-panel={isPanelOpen()}
    >
      <header class={styles['toolbar']}>
        <IconButton icon="close" label={t('image.close')} onClick={() => image.close()} />
        <h2 class={styles['name']} title={path()}>
          {nameOf(path())}
        </h2>
        <Show when={place()}>
          {(found) => (
            <span class={styles['position']} data-testid="position">
              {t('image.position', { position: number(found().position + 1), total: number(found().count) })}
            </span>
          )}
        </Show>
        <Show when={controls()}>
          {(picture) => (
            <span class={styles['zoom']} role="group" aria-label={t('image.zoom')}>
              <IconButton
                icon="minus"
                label={t('image.zoomOut')}
                disabled={picture().isFitted()}
                onClick={() => picture().zoomBy(1 / ZOOM_STEP)}
              />
              <Button
                look="quiet"
                title={picture().isFitted() ? t('image.fullSize') : t('image.fit')}
                onClick={() => picture().toggleFullSize()}
              >
                {t('image.percent', { percent: number(Math.round(picture().scale() * 100)) })}
              </Button>
              <IconButton icon="plus" label={t('image.zoomIn')} onClick={() => picture().zoomBy(ZOOM_STEP)} />
            </span>
          )}
        </Show>
        <IconButton icon="trash" label={t('image.delete')} onClick={() => actions.trash()} />
        <Menu
          label={t('image.actions')}
          icon="more"
          isIconOnly
          items={actions.items(() => setKeysShown(true))}
        />
        <IconButton
          icon="info"
          label={t('image.panel')}
          aria-pressed={isPanelOpen()}
          onClick={() => setPanelOpen(!isPanelOpen())}
        />
      </header>
      <ConnectionBanner isQuiet />
      <div class={styles['body']}>
        <div class={styles['stage']} data-testid="stage">
          <Show when={isGone()}>
            <EmptyState icon="broken" title={t('image.gone')} hint={t('image.goneHint')}>
              <Button onClick={() => leave()}>{t('image.goOn')}</Button>
              <Button onClick={() => image.close()}>{t('image.close')}</Button>
            </EmptyState>
          </Show>
          <Show when={info.isError && file() === undefined}>
            <ErrorState message={describeError(info.error)} onRetry={() => void info.refetch()} />
          </Show>
          <Show when={info.isPending && file() === undefined}>
            <Progress label={t('common.loading')} />
          </Show>
          <Show when={file()}>
            {(known) => (
              <Show
                when={isVideo(known().fullpath) || isAudio(known().fullpath)}
                fallback={
                  <PictureStage
                    file={known()}
                    alt={nameOf(path())}
                    onControls={setControls}
                    onDrawn={preload}
                    onSwipe={go}
                  />
                }
              >
                <Player
                  name={nameOf(path())}
                  url={streamUrl(known())}
                  {...(isAudio(known().fullpath) ? {} : { poster: thumbnailUrl(known(), 512) })}
                />
              </Show>
            )}
          </Show>
          <IconButton
            class={styles['previous']}
            icon="chevron-left"
            look="plain"
            label={t('image.previous')}
            disabled={place()?.previous === undefined}
            onClick={() => go(-1)}
          />
          <IconButton
            class={styles['next']}
            icon="chevron-right"
            look="plain"
            label={t('image.next')}
            disabled={place()?.next === undefined}
            onClick={() => go(1)}
          />
        </div>
        <Show when={isPanelOpen()}>
          <aside class={styles['aside']} aria-label={t('image.panel')} tabindex="0">
            <ImagePanel
              path={path()}
              onRate={setRating}
              tagRef={(input) => (tagInput = input)}
              noteRef={(area) => (noteArea = area)}
            />
          </aside>
        </Show>
      </div>
      <Show when={dialog()}>
        {(kind) => (
          <Suspense>
            <FileDialogs
              kind={kind()}
              path={path()}
              onClose={() => setDialog(undefined)}
              onMoved={(to) => image.show(to)}
            />
          </Suspense>
        )}
      </Show>
      <Show when={areKeysShown()}>
        <Suspense>
          <KeysDialog onClose={() => setKeysShown(false)} />
        </Suspense>
      </Show>
    </div>
  );
}
