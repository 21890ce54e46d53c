import { brotliCompressSync } from 'node:zlib';
import type { Container, KnownGeneratorId } from '../../src/image-metadata.ts';
import { buildFlac, buildMp3, buildOgg, vorbisComment } from './build-audio.ts';
import { manifest, manifestStore } from './build-c2pa.ts';
import { buildExr, buildSvg, buildWav } from './build-drawings.ts';
import { buildGif, gifComment, gifFrame } from './build-gif.ts';
import { box, buildHeif, buildMp4 } from './build-iso.ts';
import { buildJpeg, exifSegment, jpegSegment } from './build-jpeg.ts';
import { buildMatroska } from './build-matroska.ts';
import { buildPng, internationalTextChunk, pngChunk } from './build-png.ts';
import { hideText } from './build-stealth.ts';
import { ascii, buildTiff, type TiffEntry, userComment } from './build-tiff.ts';
import { buildWebp, exifChunk, riffChunk, riffFile } from './build-webp.ts';
import { buildXmp, comfyNamespace, escapeXml, exifNamespace, sdcppNamespace } from './build-xmp.ts';
import { bytes, uint16, uint32, utf8 } from './bytes.ts';
import { fooocusLog } from './fooocus-log.ts';
import { pillowPng, rawUtf8Png } from './tool-files.ts';

/** Where a tool writes: a container, the pixels, or a file beside the picture. */
export type Place = Container | 'pixels' | 'sidecar';

export interface ToolFixture {
  readonly tool: KnownGeneratorId;
  readonly place: Place;
  readonly prompt: string | undefined;
  readonly seed: string | undefined;
  readonly file: Uint8Array;
  /** The text beside the file, under `{stem}` or a name of its own. */
  readonly sidecar?: { readonly name: string; readonly text: string };
}

/** Prompts in three scripts: writers choose chunk types and encodings by them. */
const prompts = ['a cat on a chair', 'caf\u00e9 cr\u00e8me, d\u00e9j\u00e0 vu', '猫と月, 一个女孩'];
const seed = '1234567890';
/** Beyond 2^63, where the tool draws its seeds from 64 bits. */
const longSeed = '18446744073709551615';

type Builder = (prompt: string) => Uint8Array;
interface Tool {
  readonly tool: KnownGeneratorId;
  readonly seed: string | undefined;
  readonly writes: Partial<Record<Place, Builder>>;
  readonly sidecar?: (prompt: string) => { name: string; text: string };
  /** False for services that record their name only. */
  readonly prompts?: false;
}

const exifJpeg = (...entries: TiffEntry[]) => buildJpeg([exifSegment(buildTiff({ exif: entries }))]);
const exifWebp = (...entries: TiffEntry[]) => buildWebp([exifChunk(buildTiff({ exif: entries }))]);
const xmpOf = (namespace: string, name: string, text: string) =>
  buildXmp({ n: namespace }, `<n:${name}>${escapeXml(text)}</n:${name}>`);

/** The containers that the A1111 family writes to. */
function infotextWriter(infotext: (prompt: string) => string): Tool['writes'] {
  const exif = (prompt: string) => buildTiff({ exif: [userComment(infotext(prompt), 'utf16-big')] });
  return {
    png: (prompt) => pillowPng({ parameters: infotext(prompt) }),
    jpeg: (prompt) => buildJpeg([exifSegment(exif(prompt))]),
    webp: (prompt) => buildWebp([exifChunk(exif(prompt))]),
    avif: (prompt) => buildHeif({ exif: exif(prompt) }),
  };
}

const hidden = (text: string, kind: 'pngcomp' | 'rgbcomp' = 'pngcomp') => {
  const size = { width: 80, height: 80 };
  return buildPng({ ...size, rgba: hideText(text, kind, size) });
};

const settings = (prompt: string, version: string, rest = '') =>
  `${prompt}\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: ${seed}, Size: 512x768, Model: model_v1${rest}${version}`;

const jxlOf = (tiff: Uint8Array) =>
  bytes(
    box('JXL ', '\r\n\x87\n'),
    box('ftyp', 'jxl \0\0\0\0jxl '),
    box('brob', 'Exif', brotliCompressSync(bytes(uint32(0), tiff))),
  );

const graph = (prompt: string) =>
  JSON.stringify({
    '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'model.safetensors' } },
    '5': { class_type: 'EmptyLatentImage', inputs: { width: 8, height: 8, batch_size: 1 } },
    '6': { class_type: 'CLIPTextEncode', inputs: { text: prompt, clip: ['4', 1] } },
    '7': { class_type: 'CLIPTextEncode', inputs: { text: 'blurry', clip: ['4', 1] } },
    '3': {
      class_type: 'KSampler',
      inputs: {
        seed: '@',
        steps: 20,
        cfg: 7,
        sampler_name: 'euler',
        scheduler: 'normal',
        denoise: 1,
        model: ['4', 0],
        positive: ['6', 0],
        negative: ['7', 0],
        latent_image: ['5', 0],
      },
    },
    '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
    '9': { class_type: 'SaveImage', inputs: { filename_prefix: 'ComfyUI', images: ['8', 0] } },
  }).replace('"@"', longSeed);

const tag = (name: string, id: number, prompt: string): TiffEntry => ascii(id, `${name}:${graph(prompt)}`);
const model = 0x0110;
const imageDescription = 0x010e;
const software = 0x0131;
const make = 0x010f;

const swarm = (prompt: string) =>
  JSON.stringify({
    sui_image_params: {
      prompt,
      negativeprompt: 'blurry',
      model: 'm',
      seed: '@',
      steps: 20,
      cfgscale: 7,
      width: 8,
      height: 8,
      swarm_version: '0.9.6.3',
    },
  }).replace('"@"', '9223372036854775807');

const novelComment = (prompt: string) =>
  JSON.stringify({
    prompt,
    steps: 28,
    height: 8,
    width: 8,
    scale: 5,
    seed: Number(seed),
    sampler: 'k_euler',
    noise_schedule: 'karras',
    uc: 'lowres',
    signed_hash: 'x',
  });
const novelEnvelope = (prompt: string) =>
  JSON.stringify({
    Title: 'NovelAI generated image',
    Description: prompt,
    Software: 'NovelAI',
    Source: 'NovelAI Diffusion V4.5 4BDE2A90',
    Comment: novelComment(prompt),
  });

const fooocus = (prompt: string) => ({
  base_model: 'juggernaut',
  guidance_scale: 4,
  metadata_scheme: 'fooocus',
  negative_prompt: '',
  performance: 'Speed',
  prompt,
  resolution: '(8, 8)',
  sampler: 'dpmpp_2m',
  scheduler: 'karras',
  seed: longSeed,
  sharpness: 2,
  steps: 30,
  styles: '[]',
  version: 'Fooocus v2.5.5',
});
const easy = (prompt: string) => ({
  prompt,
  seed: Number(seed),
  negative_prompt: 'ugly',
  num_inference_steps: 25,
  guidance_scale: 7.5,
  width: 8,
  height: 8,
  use_stable_diffusion_model: 'sd-v1-5',
  sampler_name: 'euler_a',
});
const drawThings = (prompt: string) =>
  JSON.stringify({
    c: prompt,
    uc: 'blurry',
    model: 'm.ckpt',
    sampler: 'DPM++ 2M Karras',
    scale: 7.5,
    seed: Number(seed),
    size: '8x8',
    steps: 30,
    strength: 1,
    v2: { guidanceScale: 7.5 },
  });
const mochi = (prompt: string) =>
  `Include in Image: ${prompt}; Exclude from Image: people; Model: sd-1.5; Steps: 28; Guidance Scale: 11.0; Seed: ${seed}; Size: 8x8; Scheduler: DPM-Solver++; ML Compute Unit: CPU; Generator: Mochi Diffusion 4.1`;
const iptcCaption = (text: string) => {
  const iptc = bytes(0x1c, 2, 120, uint16(utf8(text).length), utf8(text));
  return jpegSegment(0xed, 'Photoshop 3.0\0', '8BIM', uint16(0x0404), 0, 0, uint32(iptc.length), iptc);
};
const matrix = (prompt: string) =>
  JSON.stringify({
    PositivePrompt: prompt,
    NegativePrompt: 'bad',
    Steps: 25,
    Sampler: 'DPM++ 2M',
    CfgScale: 5.5,
    Seed: '@',
    Height: 8,
    Width: 8,
    ModelName: 'm',
    ModelHash: 'c0d1994c73',
  }).replace('"@"', longSeed);

const wan = (prompt: string) =>
  JSON.stringify({
    prompt,
    negative_prompt: 'x',
    resolution: '832x480',
    seed: Number(seed),
    num_inference_steps: 20,
    guidance_scale: 5,
    model_type: 't2v',
    model_filename: 'https://example.invalid/wan_14B.safetensors',
    type: 'WanGP v11 by DeepBeepMeep - Wan',
    settings_version: 2.7,
  });

const trained = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

/** A service that signs with C2PA; the variants stand in place of prompts. */
function signing(tool: KnownGeneratorId, names: readonly [string, string, string]): Tool {
  const store = (name: string) =>
    manifestStore(
      manifest('m', {
        claimInfo: [{ name }],
        actions: [{ action: 'c2pa.created', digitalSourceType: trained }],
      }),
    );
  const of = (prompt: string) => store(names[prompts.indexOf(prompt)] ?? names[0]);
  return {
    tool,
    seed: undefined,
    prompts: false,
    writes: {
      png: (prompt) => buildPng({ before: [pngChunk('caBX', of(prompt))] }),
      jpeg: (prompt) => {
        const packet = of(prompt);
        return buildJpeg([jpegSegment(0xeb, 'JP', uint16(1), uint32(1), packet)]);
      },
      webp: (prompt) => buildWebp([riffChunk('C2PA', of(prompt))]),
    },
  };
}

const a1111 = (tool: KnownGeneratorId, version: string): Tool => ({
  tool,
  seed,
  writes: infotextWriter((prompt) => settings(prompt, `, Version: ${version}`)),
});

const tools: readonly Tool[] = [
  {
    tool: 'swarmui',
    seed: '9223372036854775807',
    writes: {
      png: (prompt) => pillowPng({ parameters: swarm(prompt) }),
      jpeg: (prompt) => exifJpeg(userComment(swarm(prompt), 'utf16-little')),
      webp: (prompt) => exifWebp(userComment(swarm(prompt), 'utf16-big')),
      pixels: (prompt) => hidden(swarm(prompt), 'rgbcomp'),
    },
    sidecar: (prompt) => ({ name: '{stem}.swarm.json', text: swarm(prompt) }),
  },
  {
    tool: 'invokeai',
    seed,
    writes: {
      png: (prompt) =>
        pillowPng({
          invokeai_metadata: JSON.stringify({
            app_version: '5.0.0',
            generation_mode: 'txt2img',
            positive_prompt: prompt,
            negative_prompt: 'x',
            width: 8,
            height: 8,
            seed: Number(seed),
            cfg_scale: 7,
            steps: 20,
            scheduler: 'euler',
            model: { key: 'k', hash: 'blake3:ab', name: 'm', base: 'sdxl', type: 'main' },
          }),
        }),
    },
  },
  {
    tool: 'novelai',
    seed,
    writes: {
      png: (prompt) =>
        pillowPng({
          Title: 'NovelAI generated image',
          Description: prompt,
          Software: 'NovelAI',
          Source: 'NovelAI Diffusion V4.5 4BDE2A90',
          Comment: novelComment(prompt),
        }),
      webp: (prompt) =>
        buildWebp([
          exifChunk(
            buildTiff({
              ifd0: [
                ascii(software, 'NovelAI Diffusion V4.5 4BDE2A90'),
                { tag: imageDescription, type: 2, value: bytes(0, 0, 0, 0, utf8(prompt)) },
              ],
              exif: [userComment(novelEnvelope(prompt), 'ascii')],
            }),
          ),
        ]),
      pixels: (prompt) => hidden(novelEnvelope(prompt)),
    },
  },
  {
    tool: 'stability-matrix',
    seed: longSeed,
    writes: {
      png: (prompt) =>
        rawUtf8Png({
          'parameters-json': matrix(prompt),
          smproj: '{"version": 2, "projectType": "TextToImage"}',
        }),
      webp: (prompt) =>
        buildWebp([
          exifChunk(
            buildTiff({
              ifd0: [
                { tag: imageDescription, type: 2, value: utf8(matrix(prompt)) },
                ascii(software, '{"version": 2, "projectType": "TextToImage"}'),
              ],
            }),
          ),
        ]),
    },
  },
  {
    tool: 'tensorart',
    seed,
    writes: {
      png: (prompt) =>
        rawUtf8Png({
          generation_data: `${JSON.stringify({ models: [], prompt, negativePrompt: 'x', width: 8, height: 8, samplerName: 'Euler a', steps: 25, cfgScale: 6, seed, baseModel: { label: 'm', type: 'BASE_MODEL', modelFileName: 'm', hash: 'AA' } })}\0`,
        }),
    },
  },
  {
    tool: 'easy-diffusion',
    seed,
    writes: {
      png: (prompt) =>
        pillowPng(
          Object.fromEntries(Object.entries(easy(prompt)).map(([key, value]) => [key, String(value)])),
        ),
      jpeg: (prompt) => exifJpeg(userComment(JSON.stringify(easy(prompt)), 'utf16-big')),
      webp: (prompt) => exifWebp(userComment(JSON.stringify(easy(prompt)), 'utf16-big')),
    },
    sidecar: (prompt) => ({ name: '{stem}.json', text: JSON.stringify(easy(prompt)) }),
  },
  {
    tool: 'fooocus',
    seed: longSeed,
    writes: {
      png: (prompt) => pillowPng({ parameters: JSON.stringify(fooocus(prompt)), fooocus_scheme: 'fooocus' }),
      jpeg: (prompt) =>
        buildJpeg([
          exifSegment(
            buildTiff({
              ifd0: [
                { ...ascii(0x9286, JSON.stringify(fooocus(prompt))) },
                ascii(software, 'Fooocus v2.5.5'),
              ],
              exif: [{ tag: 0x927c, type: 2, value: bytes('fooocus') }],
            }),
          ),
        ]),
      webp: (prompt) =>
        buildWebp([
          exifChunk(
            buildTiff({
              ifd0: [
                { ...ascii(0x9286, JSON.stringify(fooocus(prompt))) },
                ascii(software, 'Fooocus v2.5.5'),
              ],
              exif: [{ tag: 0x927c, type: 2, value: bytes('fooocus') }],
            }),
          ),
        ]),
    },
    sidecar: (prompt) => ({
      name: 'log.html',
      text: fooocusLog([
        {
          file: 'picture.png',
          record: {
            Prompt: prompt,
            'Negative Prompt': 'x',
            Seed: longSeed,
            'Base Model': 'm.safetensors',
            Performance: 'Speed',
            Sampler: 'dpmpp_2m',
            Scheduler: 'karras',
            Resolution: '(8, 8)',
            Version: 'Fooocus v2.5.5',
          },
        },
      ]),
    }),
  },
  {
    tool: 'fooocus-mre',
    seed: longSeed,
    writes: Object.fromEntries(
      (['png', 'jpeg'] as const).map((place) => [
        place,
        (prompt: string) => {
          const record = JSON.stringify({
            prompt,
            negative_prompt: 'x',
            real_prompt: [prompt],
            real_negative_prompt: ['x'],
            seed: '@',
            width: 8,
            height: 8,
            cfg: 7,
            steps: 30,
            sampler: 'dpmpp_2m',
            scheduler: 'karras',
            base_model: 'm',
            software: 'Fooocus-MRE 2.0.78.5',
          }).replace('"@"', longSeed);
          return place === 'png'
            ? pillowPng({ Comment: record })
            : buildJpeg([jpegSegment(0xfe, utf8(record))]);
        },
      ]),
    ),
  },
  {
    tool: 'ruined-fooocus',
    seed,
    writes: Object.fromEntries(
      (['png', 'mp4'] as const).map((place) => [
        place,
        (prompt: string) => {
          const record = JSON.stringify({
            Prompt: prompt,
            Negative: 'x',
            steps: 30,
            cfg: 8,
            width: 8,
            height: 8,
            seed: Number(seed),
            sampler_name: 'dpmpp_2m',
            scheduler: 'karras',
            base_model_name: 'm',
            software: 'RuinedFooocus',
          });
          return place === 'png'
            ? pillowPng({ parameters: record })
            : buildMp4({ keys: { metadata: record } });
        },
      ]),
    ),
  },
  {
    tool: 'wan2gp',
    seed,
    writes: {
      png: (prompt) => buildPng({ before: [internationalTextChunk('comment', wan(prompt))] }),
      jpeg: (prompt) => exifJpeg(userComment(wan(prompt), 'utf16-little')),
      webp: (prompt) => exifWebp(userComment(wan(prompt), 'utf16-little')),
      mp4: (prompt) => buildMp4({ itunes: { '\u00a9cmt': `${wan(prompt)}   ` } }),
      matroska: (prompt) => buildMatroska({ type: 'matroska', tags: { COMMENT: wan(prompt) } }),
      mp3: (prompt) => buildMp3({ WanGP: wan(prompt) }),
      wav: (prompt) => buildWav({ json: wan(prompt) }),
    },
    sidecar: (prompt) => ({ name: '{stem}.json', text: wan(prompt) }),
  },
  {
    tool: 'hf-space',
    seed,
    writes: {
      png: (prompt) =>
        pillowPng({
          parameters: JSON.stringify({
            prompt,
            negative_prompt: 'x',
            resolution: '8 x 8',
            guidance_scale: 7,
            num_inference_steps: 28,
            seed: Number(seed),
            sampler: 'Euler a',
            use_upscaler: null,
            Model: 'Animagine',
            'Model hash': 'E3C47AEDB0',
          }),
        }),
    },
  },
  {
    ...a1111('automatic1111', 'v1.10.1'),
    writes: {
      ...a1111('automatic1111', 'v1.10.1').writes,
      gif: (prompt) =>
        buildGif([
          gifComment(utf8(settings(prompt, ', Version: v1.10.1').replaceAll('\n', '\\n'))),
          gifFrame(),
        ]),
      mp4: (prompt) => buildMp4({ itunes: { '\u00a9cmt': settings(prompt, ', Version: v1.10.1') } }),
      pixels: (prompt) => hidden(settings(prompt, ', Version: v1.10.1')),
    },
    sidecar: (prompt) => ({ name: '{stem}.txt', text: settings(prompt, ', Version: v1.10.1') }),
  },
  {
    ...a1111('forge', 'f2.0.1v1.10.1-previous-313-g8a042934'),
    writes: {
      ...a1111('forge', 'f2.0.1v1.10.1-previous-313-g8a042934').writes,
      pixels: (prompt) => hidden(settings(prompt, ', Version: f2.0.1v1.10.1-previous-313-g8a042934')),
    },
  },
  a1111('forge-classic', 'classic'),
  a1111('forge-neo', 'neo'),
  a1111('reforge', 'f1.0.5v2-v1.10.1RC-latest-2190-g6e5b2e2b'),
  a1111('easy-reforge', 'f1.3.2-v1.10.1'),
  {
    tool: 'sdnext',
    seed,
    writes: {
      ...infotextWriter((prompt) =>
        settings(
          prompt,
          ', App: SD.Next, Version: 2c2f5ff, Operations: txt2img, Pipeline: StableDiffusionXLPipeline',
        ),
      ),
      jxl: (prompt) =>
        jxlOf(
          buildTiff({
            exif: [userComment(settings(prompt, ', App: SD.Next, Version: 2c2f5ff'), 'utf16-big')],
          }),
        ),
    },
    sidecar: (prompt) => ({
      name: '{stem}.txt',
      text: `${settings(prompt, ', App: SD.Next, Version: 2c2f5ff')}\n`,
    }),
  },
  {
    tool: 'stable-diffusion-cpp',
    seed,
    writes: {
      png: (prompt) => rawUtf8Png({ parameters: cpp(prompt) }),
      jpeg: (prompt) => buildJpeg([jpegSegment(0xfe, 'parameters\0', utf8(cpp(prompt)), 0)]),
      webp: (prompt) => buildWebp([riffChunk('XMP ', xmpOf(sdcppNamespace, 'parameters', cpp(prompt)))]),
      webm: (prompt) => buildMatroska({ tags: { COMMENT: cpp(prompt) } }),
      avi: (prompt) =>
        riffFile('AVI ', riffChunk('LIST', bytes('INFO', riffChunk('ICMT', bytes(utf8(cpp(prompt)), 0))))),
    },
  },
  {
    tool: 'civitai',
    seed,
    writes: {
      jpeg: (prompt) =>
        buildJpeg([
          exifSegment(
            buildTiff({
              order: 'little',
              ifd0: [ascii(0x013b, 'ai')],
              exif: [
                userComment(
                  settings(
                    prompt,
                    ', Civitai resources: [{"type":"checkpoint","modelVersionId":1,"modelName":"m"}], Civitai metadata: {}',
                  ),
                  'utf16-big',
                ),
              ],
            }),
          ),
        ]),
    },
  },
  {
    tool: 'comfyui',
    seed: longSeed,
    writes: {
      png: (prompt) => pillowPng({ prompt: graph(prompt), workflow: '{"nodes":[],"links":[]}' }),
      webp: (prompt) =>
        buildWebp([exifChunk(bytes('Exif\0\0', buildTiff({ ifd0: [tag('prompt', model, prompt)] })))]),
      jpeg: (prompt) =>
        buildJpeg([exifSegment(buildTiff({ ifd0: [ascii(make, `Prompt: ${graph(prompt)}`)] }))]),
      avif: (prompt) => buildHeif({ xmp: xmpOf(comfyNamespace, 'prompt', graph(prompt)) }),
      mp4: (prompt) => buildMp4({ keys: { prompt: graph(prompt), workflow: '{"nodes":[]}' } }),
      webm: (prompt) => buildMatroska({ tags: { PROMPT: graph(prompt) } }),
      svg: (prompt) => buildSvg(`{"prompt": ${graph(prompt)}, "workflow": {"nodes": []}}`),
      exr: (prompt) => buildExr({ prompt: graph(prompt) }),
      flac: (prompt) => buildFlac({ prompt: graph(prompt), workflow: '{"nodes":[]}' }),
      ogg: (prompt) => buildOgg(bytes('OpusTags', vorbisComment({ prompt: graph(prompt) }))),
      mp3: (prompt) => buildMp3({ prompt: graph(prompt), workflow: '{"nodes":[]}' }),
      matroska: (prompt) =>
        buildMatroska({
          type: 'matroska',
          tags: { COMMENT: JSON.stringify({ prompt: graph(prompt), workflow: { nodes: [] } }) },
        }),
    },
  },
  {
    tool: 'draw-things',
    seed,
    writes: {
      png: (prompt) =>
        buildPng({
          before: [
            internationalTextChunk(
              'XML:com.adobe.xmp',
              Buffer.from(alternatives(drawThings(prompt))).toString(),
            ),
          ],
        }),
      jpeg: (prompt) =>
        buildJpeg([jpegSegment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', alternatives(drawThings(prompt)))]),
    },
  },
  {
    tool: 'mochi-diffusion',
    seed,
    writes: {
      png: (prompt) => rawUtf8Png({ Description: mochi(prompt) }),
      jpeg: (prompt) => buildJpeg([iptcCaption(mochi(prompt))]),
    },
  },
  {
    tool: 'krita-ai',
    seed,
    writes: {
      png: (prompt) => buildPng({ before: [internationalTextChunk('parameters', kritaText(prompt))] }),
    },
  },
  {
    tool: 'sygil',
    seed,
    writes: {
      png: (prompt) =>
        pillowPng({
          'SD:prompt': prompt,
          'SD:seed': seed,
          'SD:steps': '30',
          'SD:cfg_scale': '7.5',
          'SD:sampler_name': 'k_euler',
          'SD:width': '8',
          'SD:height': '8',
        }),
    },
  },
  {
    tool: 'midjourney',
    seed,
    writes: {
      png: (prompt) =>
        rawUtf8Png({
          Description: `${prompt} --seed ${seed} --v 6.1 Job ID: 6f1b0c36-2b4e-4a1d-9a53-0d3f0f4c9b11`,
          Author: 'me',
        }),
    },
  },
  signing('openai', ['ChatGPT', 'OpenAI API', 'DALL\u00b7E']),
  signing('google', [
    'Google C2PA Core Generator Library',
    'Google Imagen',
    'Google Media Processing Services',
  ]),
  signing('adobe-firefly', ['Adobe_Firefly', 'Adobe Firefly', 'Firefly 3']),
  signing('black-forest-labs', ['Black Forest Labs API', 'Black Forest Labs', 'BFL API']),
  signing('microsoft', ['Microsoft_Responsible_AI', 'Bing Image Creator', 'Microsoft Designer']),
  signing('stability-ai', ['Stability AI', 'stability.ai', 'StabilityAI API']),
  signing('canva', ['Canva', 'Canva 1.0', 'Canva Magic Media']),
  signing('samsung', ['Samsung Galaxy', 'Samsung', 'Galaxy AI']),
  signing('bytedance', ['ByteDance', 'Dreamina', 'BytePlus']),
  {
    tool: 'xai',
    seed: undefined,
    prompts: false,
    writes: {
      jpeg: (prompt) =>
        buildJpeg([
          exifSegment(
            buildTiff({
              ifd0: [ascii(0x013b, '6f1b0c36-2b4e-4a1d-9a53-0d3f0f4c9b11')],
              exif: [userComment(`Signature: ${Buffer.from(prompt.repeat(4)).toString('base64')}`, 'ascii')],
            }),
          ),
        ]),
    },
  },
  service('ideogram', make, ['Ideogram AI', 'Ideogram AI', 'Ideogram AI']),
  service('reve', software, ['Reve', 'reve.art', 'Reve Image']),
  service('luma', software, ['Luma AI', 'Luma Photon 1', 'Dream Machine']),
];

function cpp(prompt: string): string {
  const tail = JSON.stringify({ schema: 'sdcpp.image.params/v1', prompt: { positive: prompt }, seed: 1 });
  return `${prompt}\nSteps: 20, CFG scale: 7.000000, Guidance: 3.500000, Seed: ${seed}, Size: 8x8, Model: m.gguf, RNG: cuda, Sampler: euler_a, Version: stable-diffusion.cpp, SDCPP: ${tail}`;
}

function kritaText(prompt: string): string {
  return `${prompt}\nNegative prompt: blurry\nSteps: 20, Sampler: Default - DPM++ 2M, CFG scale: 7.0, Seed: ${seed}, Size: 8x8, Model hash: unknown, Model: m.safetensors`;
}

function alternatives(text: string): Uint8Array {
  return buildXmp(
    { exif: exifNamespace, xmp: 'http://ns.adobe.com/xap/1.0/' },
    `<xmp:CreatorTool>Draw Things</xmp:CreatorTool><exif:UserComment><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li></rdf:Alt></exif:UserComment>`,
  );
}

function service(tool: KnownGeneratorId, field: number, names: readonly [string, string, string]): Tool {
  const tiff = (prompt: string, order: 'big' | 'little') =>
    buildTiff({
      order,
      ifd0: [
        ascii(field, names[prompts.indexOf(prompt)] ?? names[0]),
        ascii(0x0132, `2025:01:0${prompts.indexOf(prompt) + 1} 00:00:00`),
      ],
    });
  return {
    tool,
    seed: undefined,
    prompts: false,
    writes: {
      jpeg: (prompt) => buildJpeg([exifSegment(tiff(prompt, 'little'))]),
      webp: (prompt) => buildWebp([exifChunk(tiff(prompt, 'big'))]),
    },
  };
}

/** A file of every tool in every place it writes to, in three scripts (or three of its names). */
export const toolFixtures: readonly ToolFixture[] = tools.flatMap(
  ({ tool, seed: recorded, writes, sidecar, prompts: has }) =>
    prompts.flatMap((prompt) => {
      const facts = { tool, prompt: has === false ? undefined : prompt, seed: recorded };
      const files = Object.entries(writes).map(([place, build]): ToolFixture => ({
        ...facts,
        place: place as Place,
        file: build(prompt),
      }));
      if (sidecar === undefined) return files;
      return [...files, { ...facts, place: 'sidecar' as const, file: buildPng(), sidecar: sidecar(prompt) }];
    }),
);
