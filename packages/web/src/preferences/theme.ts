import { createEffect, createRoot } from 'solid-js';

import { createPreference } from './preference.ts';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const [theme, setTheme] = createPreference<Theme>(
  'theme',
  'auto',
  (value) => themes.find((theme) => theme === value) ?? 'auto',
);

/** Applies the theme: the design tokens use `light-dark()`, which depends on the color scheme of the root. */
export function followTheme(): void {
  createRoot(() =>
    createEffect(() => {
      document.documentElement.style.colorScheme = theme() === 'auto' ? 'light dark' : theme();
    }),
  );
}
