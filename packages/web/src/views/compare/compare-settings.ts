import { settingRows, type Generation, type SettingRow } from '../../components/setting-rows.ts';

export interface ComparedSetting {
  readonly label: SettingRow['label'];
  /** Empty if the file does not record it. */
  readonly left: string;
  readonly right: string;
}

/** The settings of both images, in the order of the first; repeated ones, such as LoRAs, are combined. */
export function compareSettings(left: Generation, right: Generation): ComparedSetting[] {
  const [ofLeft, ofRight] = [byLabel(left), byLabel(right)];
  const all = new Map([...ofLeft, ...ofRight]);
  return [...all].map(([key, { label }]) => ({
    label,
    left: ofLeft.get(key)?.values.join(', ') ?? '',
    right: ofRight.get(key)?.values.join(', ') ?? '',
  }));
}

function byLabel(generation: Generation): Map<string, { label: SettingRow['label']; values: string[] }> {
  const found = new Map<string, { label: SettingRow['label']; values: string[] }>();
  for (const { label, value } of settingRows(generation)) {
    const key = typeof label === 'string' ? label : `name ${label.name}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { label, values: [value] });
    else known.values.push(value);
  }
  return found;
}
