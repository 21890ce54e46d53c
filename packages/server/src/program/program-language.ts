import type { Language } from '../ports/text.ts';

/**
 * The language that `IIB_SERVER_LANG` names; with `auto`, or anything else, that of the system, Chinese or English.
 * What is wrong with the variable is told when the options are read, in the language found here.
 */
export function programLanguage(environment: Readonly<Record<string, string | undefined>>): Language {
  const named = environment['IIB_SERVER_LANG'];
  if (named === 'en' || named === 'zh') return named;
  const locale =
    environment['LC_ALL'] ||
    environment['LC_MESSAGES'] ||
    environment['LANG'] ||
    new Intl.DateTimeFormat().resolvedOptions().locale;
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
