import { useLocation, useNavigate } from '@solidjs/router';
import { createEffect, createMemo, on, type Accessor } from 'solid-js';

import { basePath } from './base-path.ts';

/** The search parameter of every view with the path of the image shown above it. */
export const IMAGE_PARAMETER = 'image';

export interface ImageAddress {
  /** The address that shows an image above the current view, for a link outside the router. */
  readonly hrefOf: (path: string) => string;
  /** Path of the image shown; empty for none. */
  readonly shown: Accessor<string>;
  /** Shows an image. Replaces the history entry of another image, so that going back leads to the view. */
  readonly show: (path: string) => void;
  /** Returns to the view. */
  readonly close: () => void;
}

/** Whether the previous history entry is the view. */
let isOpenedFromView = false;

/** Tracks how the image was opened, so that closing goes back in the history where possible. Called once. */
export function followImageAddress(): void {
  const { shown } = useImageAddress();
  createEffect(
    on(shown, (now, before) => {
      if (now === '') isOpenedFromView = false;
      else if (before === '') isOpenedFromView = true;
    }),
  );
}

/** The image in the address, shown above the current view, which keeps its state. */
export function useImageAddress(): ImageAddress {
  const location = useLocation();
  const navigate = useNavigate();
  const shown = () => new URLSearchParams(location.search).get(IMAGE_PARAMETER) ?? '';
  const view = createMemo(() => {
    const parameters = new URLSearchParams(location.search);
    parameters.delete(IMAGE_PARAMETER);
    const rest = parameters.toString();
    return `${location.pathname}?${rest}${rest === '' ? '' : '&'}`;
  });
  const hrefOf = (path: string) => `${view()}${IMAGE_PARAMETER}=${encodeURIComponent(path)}`;
  return {
    hrefOf,
    shown,
    show: (path) =>
      navigate(withoutBase(hrefOf(path)), { replace: shown() !== '', scroll: false, state: location.state }),
    close: () => {
      if (isOpenedFromView) history.back();
      else navigate(withoutBase(view().replace(/[?&]$/, '')), { replace: true, scroll: false });
    },
  };
}

/** The router prepends the base itself. */
function withoutBase(address: string): string {
  const inside = address.slice(basePath.length);
  return inside.startsWith('/') ? inside : `/${inside}`;
}
