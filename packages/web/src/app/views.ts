import type { Component } from 'solid-js';

import type { IconName } from '../design/icon.tsx';
import type { LabelKey } from '../i18n/translate.ts';
import type { ViewPath } from './view-paths.ts';
import { lazyComponent } from '../library/connection/lazy-component.ts';

interface ViewRoute {
  readonly path: '/' | `/${ViewPath}` | `/${ViewPath}/*rest`;
  /** Loaded when first shown. */
  readonly view: Component;
}

export const routes: readonly ViewRoute[] = [
  {
    path: '/',
    view: lazyComponent(async () => (await import('../views/images/images-view.tsx')).ImagesView),
  },
  {
    path: '/folders',
    view: lazyComponent(async () => (await import('../views/folders/folders-view.tsx')).FoldersView),
  },
  {
    path: '/compare',
    view: lazyComponent(async () => (await import('../views/compare/compare-view.tsx')).CompareView),
  },
  {
    path: '/topics',
    view: lazyComponent(async () => (await import('../views/topics/topics-view.tsx')).TopicsView),
  },
  {
    path: '/statistics',
    view: lazyComponent(async () => (await import('../views/statistics/statistics-view.tsx')).StatisticsView),
  },
  {
    path: '/settings',
    view: lazyComponent(async () => (await import('../views/settings/settings-view.tsx')).SettingsView),
  },
];

/** The entries of the navigation, in order. */
export const navigation: readonly { path: string; icon: IconName; label: LabelKey }[] = [
  { path: '/', icon: 'images', label: 'view.images' },
  { path: '/folders', icon: 'folder', label: 'view.folders' },
  { path: '/topics', icon: 'topics', label: 'view.topics' },
  { path: '/statistics', icon: 'statistics', label: 'view.statistics' },
  { path: '/settings', icon: 'settings', label: 'view.settings' },
];
