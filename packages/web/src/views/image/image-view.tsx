import { createEffect, createSignal, on, Show, Suspense, type Accessor, type JSX } from 'solid-js';

import { useImageAddress } from '../../address/image-address.ts';
import { ConnectionBanner } from '../../components/connection-banner.tsx';
import { showToast } from '../../design/toast.tsx';
import { t } from '../../i18n/translate.ts';
import { useAnnotations, useRate } from '../../library/annotations/annotations.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { lazyComponent } from '../../library/connection/lazy-component.ts';
import { useFileInfo } from '../../library/files/file-infos.ts';
import type { FileSummary } from '../../library/files/file-summary.ts';
import { nameOf } from '../../library/files/path-parts.ts';
import { createPreference } from '../../preferences/preference.ts';
import { ImageStage } from './image-stage.tsx';
import { ImageToolbar } from './image-toolbar.tsx';
import styles from './image-view.module.css';
import { useIndexInList } from './index-in-list.ts';
import { ImagePanel } from './panel/image-panel.tsx';
import type { PictureControls } from './use-picture-zoom.ts';
import { useFileActions, type FileDialog } from './use-file-actions.ts';
import { useFocusReturn } from './use-focus-return.ts';
import { useViewShortcuts } from './use-view-shortcuts.ts';

const FileDialogs = lazyComponent(async () => (await import('./file-dialogs.tsx')).FileDialogs);
const KeysDialog = lazyComponent(async () => (await import('./keys-dialog.tsx')).KeysDialog);

const [isPanelOpen, setPanelOpen] = createPreference(
  'image-panel',
  innerWidth >= 900,
  (value) => value === true,
);

export interface ImageViewProps {
  /** The element that had the focus before the view opened. */
  readonly opener: () => HTMLElement | undefined;
}

/** One image, as large as the window, with its metadata; above the view that it was opened from. */
export function ImageView(props: ImageViewProps): JSX.Element {
  const image = useImageAddress();
  const path = image.shown;
  const info = useFileInfo(path);
  const position = useIndexInList(path, () => file());
  const neighbourOf = useNeighbours(position);
  const file = (): FileSummary | undefined =>
    info.isSuccess ? (info.data ?? undefined) : neighbourOf(path());
  const [controls, setControls] = createSignal<PictureControls>();
  const [dialog, setDialog] = createSignal<FileDialog>();
  const [isShortcutListOpen, setShortcutListOpen] = createSignal(false);
  let view: HTMLDivElement | undefined;
  let tagInput: HTMLInputElement | undefined;
  let noteArea: HTMLTextAreaElement | undefined;

  const go = (step: 1 | -1) => {
    const target = step === 1 ? position()?.next : position()?.previous;
    if (target !== undefined) image.show(target.fullpath);
  };
  const leave = () => {
    const target = position()?.next ?? position()?.previous;
    if (target === undefined) image.close();
    else image.show(target.fullpath);
  };
  const { rating, setRating } = useRating(path);
  const actions = useFileActions({ path, onLeave: leave, onShow: image.show, onDialog: setDialog });
  const openPanelAt = (element: () => HTMLElement | undefined) => {
    setPanelOpen(true);
    queueMicrotask(() => element()?.focus());
  };
  useViewShortcuts({
    controls,
    rating,
    onRate: setRating,
    commands: {
      close: image.close,
      next: () => go(1),
      previous: () => go(-1),
      panel: () => setPanelOpen(!isPanelOpen()),
      tag: () => openPanelAt(() => tagInput),
      note: () => openPanelAt(() => noteArea),
      trash: actions.trash,
      rename: () => setDialog('rename'),
      keys: () => setShortcutListOpen(true),
    },
  });
  useFocusReturn({ view: () => view, path, opener: props.opener });
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
      <ImageToolbar
        path={path()}
        position={position()}
        controls={controls()}
        actions={actions.items(() => setShortcutListOpen(true))}
        isPanelOpen={isPanelOpen()}
        onClose={image.close}
        onTrash={actions.trash}
        onTogglePanel={() => setPanelOpen(!isPanelOpen())}
      />
      <ConnectionBanner isQuiet />
      <div class={styles['body']}>
        <ImageStage
          name={nameOf(path())}
          file={file()}
          info={info}
          position={position()}
          onControls={setControls}
          onStep={go}
          onClose={image.close}
          onLeave={leave}
        />
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
      <Show when={isShortcutListOpen()}>
        <Suspense>
          <KeysDialog onClose={() => setShortcutListOpen(false)} />
        </Suspense>
      </Show>
    </div>
  );
}

/** Remembers neighbours, so that stepping to one shows it before its info has been fetched. */
function useNeighbours(
  position: ReturnType<typeof useIndexInList>,
): (path: string) => FileSummary | undefined {
  const neighbours = new Map<string, FileSummary>();
  createEffect(
    on(position, (found) => {
      for (const file of [found?.previous, found?.next]) {
        if (file !== undefined) neighbours.set(file.fullpath, file);
      }
    }),
  );
  return (path) => neighbours.get(path);
}

function useRating(path: Accessor<string>) {
  const annotations = useAnnotations(path);
  const rate = useRate();
  return {
    rating: () => (annotations.isSuccess ? annotations.data.rating : 0),
    setRating: (stars: number) =>
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
      ),
  };
}
