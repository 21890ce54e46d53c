import { For, Show, type JSX } from 'solid-js';

import { searchHref } from '../../../address/hrefs.ts';
import { CopyValue } from '../../../design/copy-value.tsx';
import { Icon } from '../../../design/icon.tsx';
import { t } from '../../../i18n/translate.ts';
import type { SettingRow } from '../../../components/setting-rows.ts';
import styles from './settings-list.module.css';

/** A list of settings: a click on a value copies it, the icon beside it finds images with the same value. */
export function SettingsList(props: { rows: readonly SettingRow[] }): JSX.Element {
  return (
    <dl class={styles['list']}>
      <For each={props.rows}>
        {(row) => (
          <>
            <dt>{labelOf(row)}</dt>
            <dd>
              <CopyValue name={labelOf(row)} value={row.value} />
              <Show when={row.query}>
                {(query) => (
                  <a
                    class={styles['find']}
                    href={searchHref(query())}
                    title={t('image.findSame', { name: row.value })}
                    aria-label={t('image.findSame', { name: row.value })}
                  >
                    <Icon name="search" size={15} />
                  </a>
                )}
              </Show>
            </dd>
          </>
        )}
      </For>
    </dl>
  );
}

export function labelOf({ label }: SettingRow): string {
  return typeof label === 'string' ? t(label) : label.name;
}
