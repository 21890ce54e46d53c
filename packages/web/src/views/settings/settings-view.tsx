import type { api, OutputOf } from '@iib-kit/contract';
import { Show, type JSX } from 'solid-js';

import { Button } from '../../design/button.tsx';
import { SelectField } from '../../design/fields/select-field.tsx';
import { chooseLanguage, chosenLanguage, languages, type Language } from '../../i18n/language.ts';
import { dateTime, fileSize, number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { useExpiringTrash, useStorage, useVersion } from '../../library/info/basic-info.ts';
import { setTheme, theme, themes, type Theme } from '../../preferences/theme.ts';
import { MAX_ZOOM, MIN_ZOOM, setThumbnailZoom, thumbnailZoom } from '../../preferences/thumbnail-zoom.ts';
import { askForKey, hasSavedKey } from '../../library/connection/session.ts';
import { RulesSection } from './rules-section.tsx';
import { Section } from './section.tsx';
import styles from './settings-view.module.css';
import { TagsSection } from './tags-section.tsx';

/** Preferences of this browser, and settings shared by everyone who uses the library. */
export function SettingsView(): JSX.Element {
  return (
    <div class={styles['view']}>
      <Appearance />
      <TagsSection />
      <RulesSection />
      <Server />
    </div>
  );
}

function Appearance(): JSX.Element {
  const themeLabel = (value: Theme) => t(`settings.theme.${value}`);
  return (
    <Section title={t('settings.appearance')} hint={t('settings.appearanceHint')}>
      <div class={styles['fields']}>
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
        <label class={styles['range']}>
          {t('grid.size')}
          <input
            type="range"
            min={MIN_ZOOM}
            max={MAX_ZOOM}
            value={thumbnailZoom()}
            onInput={(event) => setThumbnailZoom(event.currentTarget.valueAsNumber)}
          />
        </label>
      </div>
    </Section>
  );
}

function Storage(props: OutputOf<typeof api.system.storage>): JSX.Element {
  const used = () => fileSize(props.thumbnails.bytes);
  const max = () => fileSize(props.thumbnails.max_bytes);
  const expiring = useExpiringTrash(() => props.trash.max_days !== null || props.trash.max_bytes !== null);
  const next = () => (expiring.isSuccess ? expiring.data[0] : undefined);
  return (
    <>
      <p class={styles['version']}>{t('settings.thumbnailCache', { used: used(), max: max() })}</p>
      <Show when={props.trash.max_days}>
        {(days) => <p>{t('settings.trashDays', { days: number(days()) })}</p>}
      </Show>
      <Show when={props.trash.max_bytes}>
        {(bytes) => <p>{t('settings.trashSize', { max: fileSize(bytes()) })}</p>}
      </Show>
      <Show when={next()}>
        {(date) => (
          <p>{t('settings.trashNext', { count: expiring.data?.length ?? 0, date: dateTime(date()) })}</p>
        )}
      </Show>
    </>
  );
}

function Server(): JSX.Element {
  const version = useVersion();
  const storage = useStorage();
  return (
    <Section title={t('settings.server')} hint={t('settings.serverHint')}>
      <Show when={version.isSuccess && version.data}>
        {(known) => <p class={styles['version']}>iib-kit {known().tag}</p>}
      </Show>
      <Show when={storage.isSuccess && storage.data}>{(known) => <Storage {...known()} />}</Show>
      <Show when={hasSavedKey()}>
        <div>
          <Button onClick={askForKey}>{t('settings.otherKey')}</Button>
        </div>
      </Show>
    </Section>
  );
}
