import { A, useLocation, type RouteSectionProps } from '@solidjs/router';
import {
  createEffect,
  createMemo,
  createSignal,
  ErrorBoundary,
  For,
  on,
  Show,
  Suspense,
  type Component,
  type JSX,
} from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { followImageAddress, useImageAddress } from '../address/image-address.ts';
import { IconButton } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Progress } from '../design/progress.tsx';
import { ErrorState } from '../design/state.tsx';
import { showToast } from '../design/toast.tsx';
import { number } from '../i18n/format.ts';
import { describeError } from '../library/connection/describe-error.ts';
import { t } from '../i18n/translate.ts';
import { useBasicInfo, useVersion } from '../library/info/basic-info.ts';
import { selection } from '../library/lists/selection.ts';
import type { ImageViewProps } from '../views/image/image-view.tsx';
import { baseUrl } from '../address/base-path.ts';
import { ConnectionBanner } from '../components/connection-banner.tsx';
import { SearchBox } from '../search/search-box.tsx';
import styles from './shell.module.css';
import { navigation } from './views.ts';
import { lazyComponent } from '../library/connection/lazy-component.ts';

const BulkBar = lazyComponent(async () => (await import('../views/bulk-bar/bulk-bar.tsx')).BulkBar);

/** The frame around every view: search, navigation and the bulk bar. */
export function Shell(props: RouteSectionProps): JSX.Element {
  const location = useLocation();
  const image = useImageAddress();
  followImageAddress();
  let lastFocused: HTMLElement | undefined;
  // Once shown, it stays mounted, because its operations go on while other views are shown.
  const isBulkBarNeeded = createMemo((was: boolean) => was || !selection.isEmpty(), false);
  const [isNavigationOpen, setNavigationOpen] = createSignal(false);
  createEffect(
    on(
      () => location.pathname,
      () => setNavigationOpen(false),
    ),
  );
  return (
    <>
      <div
        class={styles['shell']}
        inert={image.shown() !== ''}
        onFocusIn={({ target }) => {
          if (target instanceof HTMLElement) lastFocused = target;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setNavigationOpen(false);
        }}
      >
        <a class={styles['skip']} href="#content" onClick={skipToContent}>
          {t('app.skipToContent')}
        </a>
        <header class={styles['header']}>
          <span class={styles['navigationButton']}>
            <IconButton
              icon="menu"
              label={isNavigationOpen() ? t('app.closeNavigation') : t('app.openNavigation')}
              aria-expanded={isNavigationOpen()}
              aria-controls="navigation"
              onClick={() => setNavigationOpen(!isNavigationOpen())}
            />
          </span>
          <h1 class={styles['name']}>iib-kit</h1>
          <SearchBox />
        </header>
        <nav
          id="navigation"
          class={styles['navigation']}
          data-open={isNavigationOpen()}
          aria-label={t('app.navigation')}
        >
          <ul>
            <For each={navigation}>
              {({ path, icon, label }) => (
                <li>
                  <A
                    href={path}
                    end={path === '/'}
                    class={styles['link'] ?? ''}
                    activeClass={styles['active'] ?? ''}
                  >
                    <Icon name={icon} />
                    <span>{t(label)}</span>
                  </A>
                </li>
              )}
            </For>
          </ul>
          <LibraryInfo />
        </nav>
        <Show when={isNavigationOpen()}>
          <div class={styles['scrim']} onClick={() => setNavigationOpen(false)} />
        </Show>
        <div class={styles['column']}>
          <ConnectionBanner />
          <main id="content" class={styles['main']} tabindex="-1">
            <ErrorBoundary
              fallback={(error: unknown, reset) => (
                <ErrorState message={describeError(error)} onRetry={reset} />
              )}
            >
              <Suspense fallback={<Progress label={t('common.loading')} />}>{props.children}</Suspense>
            </ErrorBoundary>
          </main>
          <Show when={isBulkBarNeeded()}>
            <Suspense>
              <BulkBar />
            </Suspense>
          </Show>
        </div>
      </div>
      <Show when={image.shown() !== ''}>
        <ImageOverlay opener={() => lastFocused} onFail={() => image.close()} />
      </Show>
    </>
  );
}

/**
 * The image view, loaded without Suspense: a boundary would detach its content during each refetch, and so take the
 * focus from a text field.
 */
function ImageOverlay(props: ImageViewProps & { readonly onFail: () => void }): JSX.Element {
  const [view, setView] = createSignal<Component<ImageViewProps>>();
  const load = async () => {
    try {
      const { ImageView } = await import('../views/image/image-view.tsx');
      setView(() => ImageView);
    } catch {
      showToast({ look: 'danger', text: t('error.unreachable') });
      props.onFail();
    }
  };
  void load();
  return (
    <Show when={view()} fallback={<div class={styles['cover']} />}>
      {(present) => <Dynamic component={present()} opener={props.opener} />}
    </Show>
  );
}

/** By script, because a link to a fragment is resolved against `<base>`. */
function skipToContent(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

/** Image count, version and API docs, below the navigation. */
function LibraryInfo(): JSX.Element {
  const info = useBasicInfo();
  const version = useVersion();
  return (
    <footer class={styles['info']}>
      <Show when={info.isSuccess && info.data}>
        {(known) => (
          <p data-testid="counts" title={number(known().img_count)}>
            {t('app.counts', { count: known().img_count })}
          </p>
        )}
      </Show>
      <p>
        <Show when={version.isSuccess && version.data}>
          {(known) => <span data-testid="version">{known().tag} · </span>}
        </Show>
        <a href={`${baseUrl}/docs`} rel="external" target="_self">
          {t('app.apiDocs')}
        </a>
      </p>
    </footer>
  );
}
