import { useLocation, useNavigate } from '@solidjs/router';
import { createEffect, createMemo, on, type Accessor } from 'solid-js';

import { basePath } from './base-path.ts';

/** Parameter of every view's address that names the image which is shown over it. */
export const IMAGE_PARAMETER = 'image';

export interface ImageAddress {
  /** The address that shows an image over the present view, for a plain link. */
  readonly hrefOf: (path: string) => string;
  /** Path of the image that is shown; `''` for none. */
  readonly shown: Accessor<string>;
  /** Shows an image; in place of the one before it where one is shown, so that back leads to the view. */
  readonly show: (path: string) => void;
  /** Back to the view. */
  readonly close: () => void;
}

/** Whether the entry of the history before this one is the view itself. */
let isOpenedFromView = false;

/** Follows the address, once in the application, so that closing goes back instead of on. */
export function followImageAddress(): void {
  const { shown } = useImageAddress();
  createEffect(
    on(shown, (now, before) => {
      if (now === '') isOpenedFromView = false;
      else if (before === '') isOpenedFromView = true;
    }),
  );
}

/** An image is opened over the view that it was found in, which stays as it is beneath. */
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

/** The router puts the base before what it is told. */
function withoutBase(address: string): string {
  const inside = address.slice(basePath.length);
  return inside.startsWith('/') ? inside : `/${inside}`;
}
