import { expect, it } from 'vitest';

import { settingRows } from './setting-rows.ts';

it('says how long generating took', () => {
  expect(settingRows({ date: '2026-07-01', generation_time: 12.5 })).toEqual([
    { label: 'setting.date', value: '2026-07-01' },
    { label: 'setting.generationTime', value: '12.5 s' },
  ]);
});
