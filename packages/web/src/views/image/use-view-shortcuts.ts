import { onCleanup, onMount, type Accessor } from 'solid-js';

import type { PictureControls } from './use-picture-zoom.ts';
import { viewKey, type ViewAction } from './view-keys.ts';
import { ZOOM_STEP } from './zoom.ts';

/** How far an arrow key pans, in CSS pixels. */
const PAN_STEP = 80;

type PictureAction = Extract<
  ViewAction,
  'pan-left' | 'pan-right' | 'pan-up' | 'pan-down' | 'zoom-in' | 'zoom-out' | 'full-size'
>;
export type ViewCommand = Exclude<ViewAction, PictureAction | 'fit-or-unrate' | 'rate'>;

export interface ViewShortcutsOptions {
  /** Undefined while no picture is shown. */
  readonly controls: Accessor<PictureControls | undefined>;
  readonly rating: Accessor<number>;
  readonly onRate: (rating: number) => void;
  readonly commands: Readonly<Record<ViewCommand, () => void>>;
}

/** Handles the keys of the image view, except while a dialog is open above it. */
export function useViewShortcuts({ controls, rating, onRate, commands }: ViewShortcutsOptions): void {
  /** Whether the key did something. */
  const run = (event: KeyboardEvent): boolean => {
    const action = viewKey(event);
    if (action === undefined) return false;
    if (isPictureAction(action)) return controlPicture(action, controls());
    if (action === 'rate') onRate(Number(event.key));
    else if (action !== 'fit-or-unrate') commands[action]();
    else if (controls()?.isFitted() === false) controls()?.fit();
    else if (rating() !== 0) onRate(0);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
    if (run(event)) event.preventDefault();
  };
  onMount(() => {
    document.addEventListener('keydown', onKeyDown);
    onCleanup(() => document.removeEventListener('keydown', onKeyDown));
  });
}

const pictureActions: Readonly<Record<PictureAction, (picture: PictureControls) => void>> = {
  'pan-left': (picture) => picture.pan(PAN_STEP, 0),
  'pan-right': (picture) => picture.pan(-PAN_STEP, 0),
  'pan-up': (picture) => picture.pan(0, PAN_STEP),
  'pan-down': (picture) => picture.pan(0, -PAN_STEP),
  'zoom-in': (picture) => picture.zoomBy(ZOOM_STEP),
  'zoom-out': (picture) => picture.zoomBy(1 / ZOOM_STEP),
  'full-size': (picture) => picture.toggleFullSize(),
};

function isPictureAction(action: ViewAction): action is PictureAction {
  return Object.hasOwn(pictureActions, action);
}

function controlPicture(action: PictureAction, picture: PictureControls | undefined): boolean {
  if (picture === undefined) return false;
  const isZoomed = !picture.isFitted();
  pictureActions[action](picture);
  // Arrows with shift have no effect on a picture that fits, and are left to the browser.
  return isZoomed || !action.startsWith('pan');
}
