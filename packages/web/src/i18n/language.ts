import { createEffect, createRoot, createSignal } from 'solid-js';

import { createPreference } from '../preferences/preference.ts';
import { en } from './en.ts';
import type { Translation } from './message.ts';

export const languages = { en: 'English', 'zh-cn': '简体中文', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

type Dictionary = Translation<typeof en>;

/** English is at hand, others come when they are chosen. */
const loaders: Readonly<Record<Language, () => Promise<Dictionary>>> = {
  en: () => Promise.resolve(en),
  'zh-cn': async () => (await import('./zh-cn.ts')).zhCn,
  de: async () => (await import('./de.ts')).de,
};

/** What was chosen in the settings; `auto` follows the browser. */
export const [chosenLanguage, chooseLanguage] = createPreference<Language | 'auto'>(
  'language',
  'auto',
  (value) => (isLanguage(value) ? value : 'auto'),
);

const [shown, setShown] = createSignal<{ language: Language; dictionary: Dictionary }>({
  language: 'en',
  dictionary: en,
});

/** The language that the texts on the page are in. */
export function language(): Language {
  return shown().language;
}

export function dictionary(): Dictionary {
  return shown().dictionary;
}

/** Shows the first page in its language; resolves when the texts are there. */
export async function followLanguage(): Promise<void> {
  await showLanguage(wantedLanguage());
  createRoot(() => createEffect(() => void showLanguage(wantedLanguage())));
}

async function showLanguage(wanted: Language): Promise<void> {
  const dictionary = await loaders[wanted]();
  if (wantedLanguage() !== wanted) return;
  setShown({ language: wanted, dictionary });
  document.documentElement.lang = wanted;
}

function wantedLanguage(): Language {
  const chosen = chosenLanguage();
  return chosen === 'auto' ? languageOfBrowser(navigator.languages) : chosen;
}

/** The first of the preferred languages that there are texts in, else English. */
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
