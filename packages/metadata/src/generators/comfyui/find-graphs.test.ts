import { describe, expect, it } from 'vitest';
import { buildHeif, buildMp4 } from '../../../test/helpers/build-iso.ts';
import { buildMatroska } from '../../../test/helpers/build-matroska.ts';
import { ascii, userComment } from '../../../test/helpers/build-tiff.ts';
import { buildXmp, comfyNamespace, escapeXml } from '../../../test/helpers/build-xmp.ts';
import { apiGraph, describeChunks, plainNodes } from '../../../test/helpers/comfyui-graphs.ts';
import { drawWorkflow, plainCanvas, plainWires } from '../../../test/helpers/comfyui-workflows.ts';
import { describeTexts } from '../../../test/helpers/describe-texts.ts';
import { readDescription } from '../../../test/helpers/read-description.ts';
import { exifJpeg, exifWebp, pillowPng } from '../../../test/helpers/tool-files.ts';
import type { EmbeddedText } from '../../image-metadata.ts';
import { comfyui } from './comfyui.ts';

const executed = apiGraph(plainNodes);
const workflow = drawWorkflow({ nodes: Object.values(plainCanvas), wires: plainWires });
const comfyPacket = buildXmp(
  { comfy: comfyNamespace },
  `<comfy:prompt>${escapeXml(executed)}</comfy:prompt><comfy:workflow>${escapeXml(workflow)}</comfy:workflow>`,
);
const userCommentOf = (text: string, encoding: 'ascii' | 'none') => ({
  ...userComment(text, encoding),
  type: 2,
});

describe('graphs in files', () => {
  it.each([
    ['PNG with both', pillowPng({ prompt: executed, workflow })],
    ['PNG with what was executed only', pillowPng({ prompt: executed })],
    ['PNG with the canvas only', pillowPng({ workflow })],
    ['PNG under another key', pillowPng({ 'my-pack-graph': executed })],
    [
      'WebP of ComfyUI, with the prefix that belongs into JPEG',
      exifWebp({ ifd0: [ascii(0x010f, `workflow:${workflow}`), ascii(0x0110, `prompt:${executed}`)] }),
    ],
    [
      'JPEG of Save Image Extended',
      exifJpeg({ ifd0: [ascii(0x010e, `Workflow: ${workflow}`), ascii(0x010f, `Prompt: ${executed}`)] }),
    ],
    [
      'WebP of Save Image Plus',
      exifWebp({
        ifd0: [userCommentOf(`{"prompt": ${executed}, "workflow": ${workflow}}`, 'none')],
      }),
    ],
    ['AVIF of ComfyUI', buildHeif({ xmp: comfyPacket })],
    ['MP4 of ComfyUI', buildMp4({ keys: { prompt: executed, workflow }, moov: 'last' })],
    [
      'WebM of ComfyUI',
      buildMatroska({ tags: { PROMPT: executed, WORKFLOW: workflow }, place: 'after', seekHead: true }),
    ],
    [
      'MP4 of Video Helper Suite before 2026',
      buildMp4({
        itunes: { '\u00A9cmt': JSON.stringify({ prompt: executed, workflow: JSON.parse(workflow) }) },
      }),
    ],
    [
      'JPEG of Save Image Plus',
      exifJpeg({ exif: [userComment(`{"prompt": ${executed}, "workflow": ${workflow}}`, 'ascii')] }),
    ],
  ])('%s', (_what, file) => {
    const { generator, generation } = readDescription(file);
    expect(generator).toBe('comfyui');
    expect(generation).toMatchObject({ prompt: 'a fox', negativePrompt: 'blurry', seed: '1', steps: 20 });
  });

  it.each<[string, string, string]>([
    [
      'one comment with the graph as text in it',
      'comment',
      JSON.stringify({ prompt: executed, workflow: JSON.parse(workflow) }),
    ],
    ['a tag that was turned into text twice', 'PROMPT', JSON.stringify(executed)],
  ])('%s, as Video Helper Suite wrote it', (_what, key, text) => {
    const tag: EmbeddedText = { location: 'matroska:tag', key, text };
    expect(describeTexts(comfyui, [tag]).descriptions[0]?.generation.prompt).toBe('a fox');
  });

  it.each([
    ['a plain prompt', 'prompt', 'prompt: a fox, 4k'],
    ['an object that is no graph', 'prompt', '{"prompt": "a fox", "seed": 1}'],
    ['a list of nodes without types', 'workflow', '{"nodes": [1, {"id": 2}], "links": []}'],
    ['a graph that was cut', 'prompt', executed.slice(0, -20)],
  ])('says nothing of %s', (_what, key, text) => {
    expect(describeChunks({ [key]: text })).toEqual({ generation: {}, generations: [], warnings: [] });
  });

  it('says of a picture without a sampler only that it went through ComfyUI', () => {
    const upscale = apiGraph({
      load: ['LoadImage', { image: 'x.png' }],
      save: ['SaveImage', { filename_prefix: 'x', images: ['load', 0] }],
    });
    const { generations, warnings } = describeChunks({ prompt: upscale });
    expect([generations, warnings.map(({ code }) => code)]).toEqual([[{}], ['unresolved']]);
  });
});
