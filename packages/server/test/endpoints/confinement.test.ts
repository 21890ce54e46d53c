import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, folder } = await madeService();

overTransports(service, ({ get }) => {
  test.each([
    ['nothing outside by its path', '/file', 'private/secret.png'],
    ['nothing outside by climbing', '/file', 'library/../private/secret.png'],
    ['nothing outside by a link', '/file', 'library/way-out.png'],
    ['no thumbnail from outside', '/image-thumbnail', 'library/way-out.png'],
    ['no video from outside', '/stream_video', 'library/way-out.png'],
    ['no cover from outside', '/video_cover', 'library/way-out.png'],
    ['no EXIF from outside', '/image_exif', 'library/way-out.png'],
    ['no description from outside', '/image_metadata', 'library/way-out.png'],
    ['no text from outside', '/image_geninfo', 'private/secret.png'],
  ])('%s', async (_, route, target) => {
    const response = await get(route, { path: `${folder}/${target}` });
    expect([response.status, await response.json()]).toEqual([
      403,
      { detail: `${JSON.stringify(`${folder}/${target}`)} is outside the allowed folders` },
    ]);
  });
});
