import { expect, test } from 'vitest';

import { openWebApp } from './helpers/open-web-app.ts';

test('the docs show every endpoint in the viewer, without the network and within the policy', async () => {
  const { page } = await openWebApp({ library: {}, at: '/docs' });
  for (const summary of [
    'Changes in the library, as they happen',
    'Up to 128 random images, without repetition',
  ]) {
    await page.getByText(summary).first().waitFor();
    expect(await page.getByText(summary).first().isVisible()).toBe(true);
  }
});
