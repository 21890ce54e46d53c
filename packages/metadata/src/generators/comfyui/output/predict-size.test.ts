import { expect, it } from 'vitest';
import { describeApi, plainNodes, type ApiNode } from '../../../../test/helpers/comfyui-graphs.ts';
import { upscaleFactor } from './predict-size.ts';

it.each([
  ['4x-UltraSharp.pth', 4],
  ['RealESRGAN_x2plus.pth', 2],
  ['RealESRGAN_x4.pth', 4],
  ['8x_NMKD-Superscale_150000_G.pth', 8],
  ['realesrgan-x4minus.pth', 4],
  ['1x-ITF-SkinDiffDetail-Lite-v1.pth', 1],
  ['SwinIR_4x.pth', 4],
  ['ESRGAN.pth', undefined],
  ['model-1024x768.pth', undefined],
  ['99x.pth', undefined],
])('the name %s says that pictures grow by %s', (name, factor) => {
  expect(upscaleFactor(name)).toBe(factor);
});

it.each<[string, ApiNode, string]>([
  [
    'a factor',
    ['ImageScaleBy', { upscale_method: 'lanczos', scale_by: 1.5, image: ['decode', 0] }],
    '768x1152',
  ],
  ['a size', ['ImageScale', { width: 1000, height: 1500, image: ['decode', 0] }], '1000x1500'],
  [
    'one side, the other following',
    ['ImageScale', { width: 1024, height: 0, image: ['decode', 0] }],
    '1024x1536',
  ],
  ['megapixels', ['ImageScaleToTotalPixels', { megapixels: 1.5, image: ['decode', 0] }], '1024x1536'],
  [
    'a margin',
    ['ImagePadForOutpaint', { left: 64, top: 0, right: 64, bottom: 32, image: ['decode', 0] }],
    '640x800',
  ],
])('a picture of 512 x 768 that is scaled by %s', (_what, node, size) => {
  const { generation } = describeApi({
    ...plainNodes,
    scaled: node,
    save: ['SaveImage', { filename_prefix: 'x', images: ['scaled', 0] }],
  });
  expect(generation.parameters?.['Upscaled size']).toBe(size);
});
