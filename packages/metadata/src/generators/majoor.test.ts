import { expect, test } from 'vitest';
import { buildMp4 } from '../../test/helpers/build-iso.ts';
import { buildMatroska } from '../../test/helpers/build-matroska.ts';
import { readDescription } from '../../test/helpers/read-description.ts';
import { pillowPng } from '../../test/helpers/tool-files.ts';

const graph = JSON.stringify({
  '3': {
    class_type: 'KSampler',
    inputs: { seed: 5, steps: 20, cfg: 7, sampler_name: 'euler', scheduler: 'normal', positive: ['6', 0] },
  },
  '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a cat' } },
  '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0] } },
  '9': { class_type: 'SaveImage', inputs: { images: ['8', 0] } },
});
const run = {
  generation_time_ms: '12345',
  job_id: 'f1c0',
  prompt_id: 'f1c0',
  workflow_id: 'w-1',
  source_node_id: '9',
  source_node_type: 'MajoorSaveImage',
};

test.each([
  ['PNG', pillowPng({ prompt: graph, ...run })],
  ['MP4', buildMp4({ keys: { prompt: graph, ...run } })],
  ['Matroska', buildMatroska({ tags: { PROMPT: graph, GENERATION_TIME_MS: '12345' } })],
])('%s: the time of the run beside what the graph says', (_, file) => {
  expect(readDescription(file)).toMatchObject({
    generator: 'comfyui',
    generation: { prompt: 'a cat', seed: '5', steps: 20, generationTime: 12.345 },
  });
});

test('ids of the run without a graph', () => {
  expect(readDescription(pillowPng(run))).toEqual({
    generator: 'comfyui',
    generation: {
      generationTime: 12.345,
      parameters: {
        'Job ID': 'f1c0',
        'Workflow ID': 'w-1',
        'Source node ID': '9',
        'Source node type': 'MajoorSaveImage',
      },
    },
  });
});

test('what the user typed fills in what the graph does not say', () => {
  const typed = JSON.stringify({
    version: 1,
    mode: 'override',
    prompt: 'another',
    negative_prompt: 'blurry',
    model: 'm.safetensors',
    loras: [{ name: 'ink', strength: 0.5 }],
  });
  expect(readDescription(pillowPng({ prompt: graph, majoor_geninfo: typed })).generation).toMatchObject({
    prompt: 'a cat',
    negativePrompt: 'blurry',
    model: { name: 'm.safetensors' },
    loras: [{ name: 'ink', weight: 0.5 }],
  });
});

test.each([
  ['a time that was not measured', { ...run, generation_time_ms: '-1' }],
  ['a text that is no time', { ...run, generation_time_ms: 'soon' }],
])('%s is none', (_, texts) => {
  expect(readDescription(pillowPng({ prompt: graph, ...texts })).generation).not.toHaveProperty(
    'generationTime',
  );
});

test('a time without any sign of ComfyUI is not its own', () => {
  expect(readDescription(pillowPng({ generation_time_ms: '12' })).generator).toBeUndefined();
});
