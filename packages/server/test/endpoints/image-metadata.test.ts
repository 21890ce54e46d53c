import { rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';

import { infotext, makeImage } from '../helpers/make-image.ts';
import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';
import { writeClip } from '../helpers/write-clip.ts';

const { service, folder, library, at } = await madeService();

beforeAll(async () => {
  await sharp({ create: { width: 8, height: 8, channels: 3, background: '#00ff00' } })
    .withExif({
      IFD0: { Make: 'Maker', Model: 'Camera', Copyright: 'nobody' },
      IFD2: { ExposureTime: '1/60', FNumber: '28/10' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 30/1 0/1' },
    })
    .jpeg()
    .toFile(at('camera.jpg'));
  await writeClip(at('clip.webm'));
  await writeFile(at('clip.txt'), infotext('a clip of a fox', 21));
});

overTransports(service, ({ transport, get, send, json, search }) => {
  test('/image_geninfo is the text as a JSON string, empty where there is none', async () => {
    expect(await json(get('/image_geninfo', { path: at('fox.png') }))).toMatch(
      /^a fox asleep in autumn leaves, 100% cosy\nNegative prompt: lowres, blurry\nSteps: 20, /,
    );
    expect(await json(get('/image_geninfo', { path: at('plain.png') }))).toBe('');
    expect(await json(get('/image_geninfo', { path: at('notes.txt') }))).toBe('');
    expect(await json(get('/image_geninfo', { path: library }))).toBe('');
  });

  test('/image_geninfo of a vanished file is empty', async () => {
    await makeImage(at('vanishing.png'), { text: infotext('a ghost', 20) });
    expect(await json(get('/image_geninfo', { path: at('vanishing.png') }))).toContain('a ghost');
    await rm(at('vanishing.png'));
    expect(await json(get('/image_geninfo', { path: at('vanishing.png') }))).toBe('');
  });

  test('/image_geninfo_batch answers by path as sent', async () => {
    const spelled = `${library}/sub/../fox.png`;
    const texts = await json<Record<string, string>>(
      send('POST', '/image_geninfo_batch', { paths: [spelled, at('gone.png')] }),
    );
    expect(Object.keys(texts)).toEqual([spelled, at('gone.png')]);
    expect(texts[spelled]).toContain('autumn leaves');
    expect(texts[at('gone.png')]).toBe('');
  });

  describe('/image_exif', () => {
    test('is EXIF by tag name, readable', async () => {
      expect(await json(get('/image_exif', { path: at('camera.jpg') }))).toMatchObject({
        Make: 'Maker',
        Model: 'Camera',
        Copyright: 'nobody',
        ExposureTime: '1/60',
        FNumber: '2.8',
        GPSLatitudeRef: 'N',
        GPSLatitude: '52, 30, 0',
      });
    });

    test('has the text chunks of a PNG by their own name', async () => {
      const texts = await json<Record<string, string>>(get('/image_exif', { path: at('fox.png') }));
      expect(Object.keys(texts)).toEqual(['parameters']);
      expect(texts['parameters']).toMatch(/^a fox asleep/);
    });

    test('is empty where nothing is to be read', async () => {
      for (const name of ['plain.png', 'notes.txt', 'gone.png', 'sub']) {
        expect([name, await json(get('/image_exif', { path: at(name) }))]).toEqual([name, {}]);
      }
    });
  });

  describe('/image_metadata', () => {
    test('has each field, and the texts as found', async () => {
      const text = infotext('a fox asleep in autumn leaves, 100% cosy', 11);
      expect(await json(get('/image_metadata', { path: at('fox.png') }))).toEqual({
        container: 'png',
        width: 64,
        height: 48,
        generator: 'automatic1111',
        generation: {
          prompt: 'a fox asleep in autumn leaves, 100% cosy',
          negative_prompt: 'lowres, blurry',
          steps: 20,
          sampler: 'Euler a',
          cfg_scale: 7,
          seed: '11',
          width: 64,
          height: 48,
          model: { name: 'dreamshaper_8' },
        },
        is_edited: false,
        ai_generated: { source: 'generator', value: 'Stable Diffusion web UI' },
        alternatives: [],
        embedded: [{ location: 'png:tEXt', key: 'parameters', text, is_cut: false }],
        warnings: [],
      });
    });

    test('names stages, LoRAs and other settings as the contract does', async () => {
      const name = `stages-${transport.replace(/\W/g, '')}.png`;
      await makeImage(at(name), {
        text:
          'a fox <lora:ink:0.6>\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 3, Clip skip: 2, ' +
          'Denoising strength: 0.4, Hires upscale: 2, Hires steps: 9, Hires upscaler: Latent, Own setting: 1',
      });
      const { generation } = await json<{ generation: Record<string, unknown> }>(
        get('/image_metadata', { path: at(name) }),
      );
      expect(generation).toMatchObject({
        clip_skip: 2,
        loras: [{ name: 'ink', weight: 0.6 }],
        stages: [{ role: 'base' }, { role: 'hires', upscale_by: 2, upscaler: 'Latent', steps: 9 }],
        parameters: { 'Own setting': '1' },
      });
      await rm(at(name));
    });

    test('says how long a sound lasts and how long generating took', async () => {
      const name = `sound-${transport.replace(/\W/g, '')}`;
      await writeFile(at(`${name}.wav`), wav({ bytesPerSecond: 8000, bytes: 12_000 }));
      await writeFile(at(`${name}.txt`), `${infotext('rain', 3)}, Generation time: 12.5`);
      const { timing, generation } = await json<{ timing: object; generation: object }>(
        get('/image_metadata', { path: at(`${name}.wav`) }),
      );
      expect(timing).toEqual({ duration: 1.5 });
      expect(generation).toMatchObject({ generation_time: 12.5 });
      expect(await json<object>(get('/image_metadata', { path: at('fox.png') }))).not.toHaveProperty(
        'timing',
      );
      await Promise.all([rm(at(`${name}.wav`)), rm(at(`${name}.txt`))]);
    });

    test('says what the owner wrote, beside the texts of the file', async () => {
      const name = `described-${transport.replace(/\W/g, '')}.png`;
      await makeImage(at(name), { text: infotext('a badger', 22) });
      await service.library.update();
      const write = async (exif: string) => {
        await json(send('POST', '/update_exif', { path: at(name), exif }));
        return json<object>(get('/image_metadata', { path: at(name) }));
      };
      expect(await write('a heron\nSteps: 7, Sampler: DDIM, Seed: 5')).toMatchObject({
        is_edited: true,
        generation: { prompt: 'a heron', steps: 7, sampler: 'DDIM', seed: '5' },
        embedded: [{ text: infotext('a badger', 22) }],
      });
      expect(await write('only words')).toMatchObject({
        is_edited: true,
        generator: null,
        generation: { prompt: 'only words' },
      });
      await rm(at(name));
      await service.library.update();
    });

    test('tells edits from captions, from what an edit says alike, and wherever the file goes', async () => {
      const name = `edits-${transport.replace(/\W/g, '')}.png`;
      const captioned = `captioned-${transport.replace(/\W/g, '')}.png`;
      // An edit comes back with its content, which the transport before has left behind.
      await makeImage(at(name), { text: infotext(`a lynx over ${transport}`, 23) });
      await makeImage(at(captioned));
      await writeFile(at(captioned.replace('.png', '.txt')), 'a caption of its owner');
      await service.library.update();
      const edited = async (file: string): Promise<unknown> =>
        (await json<{ is_edited: boolean }>(get('/image_metadata', { path: file }))).is_edited;
      const write = (file: string, exif: string) => json(send('POST', '/update_exif', { path: file, exif }));
      expect(await json(get('/image_metadata', { path: at(captioned) }))).toMatchObject({
        is_edited: false,
        generation: { prompt: 'a caption of its owner' },
      });
      expect(await edited(at(name))).toBe(false);
      await write(at(name), await json<string>(get('/image_geninfo', { path: at(name) })));
      expect(await edited(at(name))).toBe(false);
      await write(at(name), 'own words');
      const renamed = `re-${name}`;
      await json(send('POST', '/db/rename', { path: at(name), name: renamed }));
      expect(await edited(at(renamed))).toBe(true);
      const { trashed } = await json<{ trashed: { id: string }[] }>(
        send('POST', '/delete_files', { file_paths: [at(renamed)], trash: true }),
      );
      await json(send('POST', '/trash/restore', { ids: trashed.map(({ id }) => id) }));
      await service.library.update();
      expect(await edited(at(renamed))).toBe(true);
      for (const file of [renamed, captioned, captioned.replace('.png', '.txt')]) await rm(at(file));
      await service.library.update();
    });

    test('says nothing of what is no image, and refuses what is not there', async () => {
      expect(await json(get('/image_metadata', { path: at('notes.txt') }))).toMatchObject({
        container: null,
        width: null,
        generation: null,
        embedded: [],
      });
      expect((await get('/image_metadata', { path: at('gone.png') })).status).toBe(404);
      expect((await get('/image_metadata', { path: at('sub') })).status).toBe(400);
    });
  });

  describe('/update_exif', () => {
    test('replaces the text in the index, with its tags, for good, and leaves the file as it is', async () => {
      const name = `own-${transport.replace(/\W/g, '')}.png`;
      const word = `quokka${transport.replace(/\W/g, '')}`;
      await makeImage(at(name), { text: infotext('a badger', 22) });
      await service.library.update();
      const before = await stat(at(name));
      const text = `${word}, hand written\nSteps: 7, Sampler: DDIM, Seed: 5, Model: own-model`;
      expect(await json(send('POST', '/update_exif', { path: at(name), exif: text }))).toEqual({
        success: true,
        message: 'stored in the index; the file is as it was',
      });
      expect(await json(get('/image_geninfo', { path: at(name) }))).toBe(text);
      expect(await search({ surstr: word })).toEqual([name]);
      const { tags } = await json<{ tags: { type: string; name: string }[] }>(get('/db/basic_info'));
      expect(tags).toContainEqual(expect.objectContaining({ type: 'Model', name: 'own-model' }));
      expect((await stat(at(name))).mtimeMs).toBe(before.mtimeMs);
      expect(
        (await json<Record<string, string>>(get('/image_exif', { path: at(name) })))['parameters'],
      ).toMatch(/^a badger/);

      await makeImage(at(name), { text: infotext('a badger again', 23), modified: new Date() });
      await service.library.update();
      expect(await json(get('/image_geninfo', { path: at(name) }))).toBe(text);
      await rm(at(name));
      await service.library.update();
    });

    test.each([
      ['an empty text', () => ''],
      ['the text of the file', (own: string) => own],
    ])('%s gives the file its own back, at once', async (_, given) => {
      const name = `back-${transport.replace(/\W/g, '')}.png`;
      const word = `numbat${transport.replace(/\W/g, '')}`;
      await makeImage(at(name), { text: infotext(`a ${word}`, 24) });
      await service.library.update();
      const own = await json<string>(get('/image_geninfo', { path: at(name) }));
      const write = (exif: string) => json(send('POST', '/update_exif', { path: at(name), exif }));
      await write('other words\nSteps: 7, Seed: 5');
      expect(await search({ surstr: word })).toEqual([]);
      await write(given(own));
      expect(await search({ surstr: word })).toEqual([name]);
      expect(await json(get('/image_geninfo', { path: at(name) }))).toBe(own);
      expect(await json(get('/image_metadata', { path: at(name) }))).toMatchObject({ is_edited: false });
      // Where nobody wrote a text, nothing changes.
      await write(given(own));
      expect(await search({ surstr: word })).toEqual([name]);
      await rm(at(name));
      await service.library.update();
    });

    test('an empty text gives a caption beside the file back', async () => {
      const name = `caption-${transport.replace(/\W/g, '')}.png`;
      const caption = at(name.replace('.png', '.txt'));
      await makeImage(at(name));
      await writeFile(caption, 'a caption of its owner');
      await service.library.update();
      for (const exif of ['own words', ''])
        await json(send('POST', '/update_exif', { path: at(name), exif }));
      expect(await json(get('/image_geninfo', { path: at(name) }))).toBe('a caption of its owner');
      await rm(at(name));
      await rm(caption);
      await service.library.update();
    });

    test('makes no row for what is not indexed, and reaches nothing outside', async () => {
      const status = async (target: string) =>
        (await send('POST', '/update_exif', { path: target, exif: 'x' })).status;
      expect(await status(at('gone.png'))).toBe(404);
      expect(await status(path.join(folder, 'private/secret.png'))).toBe(403);
      expect((await send('POST', '/update_exif', { path: at('fox.png') })).status).toBe(422);
    });
  });

  test('sidecar parameters of videos become their text and tags', async () => {
    await service.library.update();
    expect(await json(get('/image_geninfo', { path: at('clip.webm') }))).toMatch(/^a clip of a fox\n/);
    expect(await search({ surstr: 'a clip of a fox', media_type: 'video' })).toEqual(['clip.webm']);
    const { tags } = await json<{ tags: { id: number; type: string; name: string }[] }>(
      get('/db/basic_info'),
    );
    const model = tags.find(({ type, name }) => type === 'Model' && name === 'dreamshaper_8');
    const found = await json<{ files: { name: string }[] }>(
      send('POST', '/db/match_images_by_tags', { and_tags: [model?.id] }),
    );
    expect(found.files.map(({ name }) => name)).toContain('clip.webm');
  });

  test.each(['/image_geninfo', '/image_exif', '/image_metadata'])(
    '%s of files outside the roots is refused',
    async (route) => {
      for (const target of ['private/secret.png', 'library/way-out.png', 'library/../private/secret.png']) {
        expect((await get(route, { path: `${folder}/${target}` })).status).toBe(403);
      }
      const paths = [at('fox.png'), path.join(folder, 'private/secret.png')];
      expect((await send('POST', '/image_geninfo_batch', { paths })).status).toBe(403);
    },
  );
});

/** A WAV file of silence: its header, then so many bytes of samples. */
function wav({ bytesPerSecond, bytes }: { bytesPerSecond: number; bytes: number }): Buffer {
  const file = Buffer.alloc(44 + bytes);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + bytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(bytesPerSecond, 24);
  file.writeUInt32LE(bytesPerSecond, 28);
  file.writeUInt16LE(1, 32);
  file.writeUInt16LE(8, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(bytes, 40);
  return file;
}
