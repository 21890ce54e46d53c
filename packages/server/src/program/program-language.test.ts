import { expect, test } from 'vitest';

import { programLanguage } from './program-language.ts';

test.each([
  [{ IIB_SERVER_LANG: 'zh', LANG: 'en_US.UTF-8' }, 'zh'],
  [{ IIB_SERVER_LANG: 'en', LANG: 'zh_CN.UTF-8' }, 'en'],
  [{ IIB_SERVER_LANG: 'auto', LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LC_ALL: 'zh_TW.UTF-8', LANG: 'en_US.UTF-8' }, 'zh'],
  [{ LC_MESSAGES: 'de_DE', LANG: 'zh_CN' }, 'en'],
  [{ LC_ALL: '', LANG: 'C.UTF-8' }, 'en'],
])('%j speaks %s', (environment, language) => {
  expect(programLanguage(environment)).toBe(language);
});
