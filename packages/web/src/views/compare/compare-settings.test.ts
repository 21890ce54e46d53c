import { expect, test } from 'vitest';

import { compareSettings } from './compare-settings.ts';

test('each setting once, missing ones empty, LoRAs together', () => {
  expect(
    compareSettings(
      { steps: 20, seed: '5', loras: [{ name: 'ink', weight: 0.5 }, { name: 'line' }] },
      { steps: 30, loras: [{ name: 'ink', weight: 0.7 }], parameters: { Eta: '0' } },
    ),
  ).toEqual([
    { label: 'setting.lora', left: 'ink (0.5), line', right: 'ink (0.7)' },
    { label: 'setting.steps', left: '20', right: '30' },
    { label: 'setting.seed', left: '5', right: '' },
    { label: { name: 'Eta' }, left: '', right: '0' },
  ]);
});
