import type { JSX } from 'solid-js';

import { SelectField } from '../../design/select-field.tsx';
import { chooseLanguage, chosenLanguage, languages, type Language } from '../../i18n/language.ts';
import { t } from '../../i18n/translate.ts';
import { setTheme, theme, themes, type Theme } from '../../preferences/theme.ts';
import styles from './settings-view.module.css';

/** Choices of this browser. */
export function SettingsView(): JSX.Element {
  const themeLabel = (value: Theme) => t(`settings.theme.${value}`);
  return (
    <section class={styles['view']} aria-label={t('view.settings')}>
      <SelectField
        label={t('settings.theme')}
        value={theme()}
        options={themes.map((value) => ({ value, label: themeLabel(value) }))}
        onChange={setTheme}
      />
      <SelectField<Language | 'auto'>
        label={t('settings.language')}
        value={chosenLanguage()}
        options={[
          { value: 'auto', label: t('settings.language.auto') },
          ...(Object.keys(languages) as Language[]).map((value) => ({ value, label: languages[value] })),
        ]}
        onChange={chooseLanguage}
      />
    </section>
  );
}
