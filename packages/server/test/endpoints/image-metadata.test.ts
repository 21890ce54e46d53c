import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, library, at } = await madeService();

overTransports(service, ({ get, send, json }) => {
  test('/image_geninfo is the text as a JSON string, empty where there is none', async () => {
    expect(await json(get('/image_geninfo', { path: at('fox.png') }))).toMatch(
      /^a fox asleep in autumn leaves, 100% cosy\nNegative prompt: lowres, blurry\nSteps: 20, /,
    );
    expect(await json(get('/image_geninfo', { path: at('plain.png') }))).toBe('');
    expect(await json(get('/image_geninfo', { path: at('gone.png') }))).toBe('');
  });

  test('/image_geninfo_batch answers by path as sent', async () => {
    const spelled = `${library}/sub/../fox.png`;
    const texts = (await json(
      send('POST', '/image_geninfo_batch', { paths: [spelled, at('gone.png')] }),
    )) as Record<string, string>;
    expect(Object.keys(texts)).toEqual([spelled, at('gone.png')]);
    expect(texts[spelled]).toContain('autumn leaves');
    expect(texts[at('gone.png')]).toBe('');
  });
});
