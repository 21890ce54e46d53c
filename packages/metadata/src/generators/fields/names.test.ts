import { expect, test } from 'vitest';
import { bareModelName } from './bare-model-name.ts';
import { samplerName } from './sampler-name.ts';

test.each([
  ['euler_ancestral', 'Euler a'],
  ['k_euler_ancestral', 'Euler a'],
  ['Euler a', 'Euler a'],
  ['euler_a', 'Euler a'],
  ['dpmpp_2m', 'DPM++ 2M'],
  ['dpm++2m', 'DPM++ 2M'],
  ['DPM++ 2M', 'DPM++ 2M'],
  ['dpmpp_2m_sde_gpu', 'DPM++ 2M SDE'],
  ['k_dpmpp_2s_ancestral', 'DPM++ 2S a'],
  ['uni_pc', 'UniPC'],
  ['res_multistep', undefined],
  ['constructor', undefined],
])('the sampler %s', (recorded, name) => {
  expect(samplerName(recorded)).toBe(name);
});

test.each([
  ['sdxl/juggernaut.safetensors', 'juggernaut'],
  ['C:\\models\\v1-5.ckpt', 'v1-5'],
  ['flux1-dev-Q8_0.gguf', 'flux1-dev-Q8_0'],
  ['model v1.5', 'model v1.5'],
  ['urn:air:sdxl:checkpoint:civitai:1@2', 'urn:air:sdxl:checkpoint:civitai:1@2'],
  ['.safetensors', '.safetensors'],
])('the model %s', (name, bare) => {
  expect(bareModelName(name)).toBe(bare);
});
