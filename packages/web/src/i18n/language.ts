import { createEffect, createRoot, createSignal } from 'solid-js';

import { createPreference } from '../preferences/preference.ts';
import { en } from './en.ts';
import type { Translation } from './message.ts';

export const languages = { en: 'English', 'zh-cn': '简体中文', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

type Dictionary = Translation<typeof en>;

/** English is bundled as the fallback; other languages are loaded on demand. */
const loaders: Readonly<Record<Language, () => Promise<Dictionary>>> = {
  en: () => Promise.resolve(en),
  'zh-cn': async () => (await import('./zh-cn.ts')).zhCn,
  de: async () => (await import('./de.ts')).de,
};

/** The language chosen in the settings; `auto` follows the browser. */
export const [chosenLanguage, chooseLanguage] = createPreference<Language | 'auto'>(
  'language',
  'auto',
  (value) => (isLanguage(value) ? value : 'auto'),
);

const [shown, setShown] = createSignal<{ language: Language; dictionary: Dictionary }>({
  language: 'en',
  dictionary: en,
});

/** The current language. */
export function language(): Language {
  return shown().language;
}

export function dictionary(): Dictionary {
  return shown().dictionary;
}

/** Loads the texts of the first page, then follows changes of the language. */
export async function followLanguage(): Promise<void> {
  await showLanguage(preferredLanguage());
  createRoot(() => createEffect(() => void showLanguage(preferredLanguage())));
}

async function showLanguage(next: Language): Promise<void> {
  const dictionary = await loaders[next]();
  if (preferredLanguage() !== next) return;
  setShown({ language: next, dictionary });
  document.documentElement.lang = next;
}

function preferredLanguage(): Language {
  const chosen = chosenLanguage();
  return chosen === 'auto' ? languageOfBrowser(navigator.languages) : chosen;
}

/** The first preferred language that is available, otherwise English. */
export function languageOfBrowser(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const lower = tag.toLowerCase();
    if (lower.startsWith('zh')) return 'zh-cn';
    const main = lower.split('-', 1)[0];
    if (isLanguage(main)) return main;
  }
  return 'en';
}

function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(languages, value);
}
