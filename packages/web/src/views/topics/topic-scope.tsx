import type { Accessor, JSX } from 'solid-js';
import { createMemo } from 'solid-js';

import { useAddressParameter } from '../../address/address-parameter.ts';
import { SelectField } from '../../design/fields/select-field.tsx';
import { number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { useServerSettings } from '../../library/info/server-settings.ts';
import type { TopicScope } from '../../library/topics/topics.ts';
import styles from './topics-view.module.css';

const thresholds = ['0.85', '0.9', '0.95'] as const;
const minSizes = ['2', '3', '5', '10', '20'] as const;

/** The scope in the address. */
export function useScope(): Accessor<TopicScope> {
  const [folder] = useAddressParameter('folder');
  const [threshold] = useAddressParameter('alike', '0.9');
  const [minSize] = useAddressParameter('least', '3');
  return createMemo(
    () => ({
      folder: folder(),
      threshold: inRange(Number(threshold()), 0.01, 1, 0.9),
      minSize: Math.round(inRange(Number(minSize()), 1, 1_000_000, 3)),
    }),
    undefined,
    { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
}

function inRange(value: number, least: number, most: number, fallback: number): number {
  return value >= least && value <= most ? value : fallback;
}

/** The fields for scope, similarity and group size. */
export function ScopeFields(): JSX.Element {
  const folders = useServerSettings();
  const [folder, setFolder] = useAddressParameter('folder');
  const [threshold, setThreshold] = useAddressParameter('alike', '0.9');
  const [minSize, setMinSize] = useAddressParameter('least', '3');
  const paths = () => {
    const known = folders.isSuccess ? folders.data.extra_paths.map(({ path }) => path) : [];
    return [...new Set(folder() === '' ? known : [folder(), ...known])];
  };
  return (
    <div class={styles['scope']}>
      <SelectField
        label={t('topics.scope')}
        value={folder()}
        options={[
          { value: '', label: t('topics.wholeLibrary') },
          ...paths().map((path) => ({ value: path, label: path })),
        ]}
        onChange={setFolder}
      />
      <SelectField<string>
        label={t('topics.alike')}
        value={threshold()}
        options={thresholds.map((value) => ({ value, label: t(`topics.alike.${value}`) }))}
        onChange={setThreshold}
      />
      <SelectField<string>
        label={t('topics.least')}
        value={minSize()}
        options={minSizes.map((value) => ({ value, label: number(Number(value)) }))}
        onChange={setMinSize}
      />
    </div>
  );
}
