import { expect, test } from 'vitest';

import { readGraph, searchNodes } from './comfy-graph.ts';

const executed = {
  3: {
    class_type: 'KSampler',
    inputs: { seed: 5, model: ['4', 0], ratio: [1, 2, 3] },
    _meta: { title: 'The sampler' },
  },
  4: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'a.safetensors' } },
};
const editor = {
  nodes: [
    {
      id: 3,
      type: 'KSampler',
      title: 'KSampler',
      widgets_values: [5, '', null, 'euler'],
      inputs: [{ name: 'model', link: 1 }],
    },
    { id: 4, type: 'CheckpointLoaderSimple', widgets_values: { ckpt_name: 'a.safetensors' } },
  ],
  links: [[1, 4, 0, 3, 0, 'MODEL']],
  definitions: {
    subgraphs: [
      {
        name: 'Upscale',
        nodes: [{ id: 1, type: 'ImageScale', inputs: [{ name: 'image', link: 7 }] }],
        links: [{ id: 7, origin_id: -10 }],
      },
    ],
  },
};

test('the executed graph comes first, with values and links by name', () => {
  const nodes = readGraph([
    { text: 'no json' },
    { text: JSON.stringify(editor) },
    { text: JSON.stringify(executed) },
  ]);
  expect(nodes).toEqual([
    {
      id: '3',
      type: 'KSampler',
      title: 'The sampler',
      values: [
        { name: 'seed', text: '5' },
        { name: 'ratio', text: '[1,2,3]' },
      ],
      links: [{ name: 'model', from: '4' }],
    },
    {
      id: '4',
      type: 'CheckpointLoaderSimple',
      title: undefined,
      values: [{ name: 'ckpt_name', text: 'a.safetensors' }],
      links: [],
    },
  ]);
});

test('the graph of the editor, with subgraphs', () => {
  expect(readGraph([{ text: JSON.stringify({ workflow: editor }) }])).toEqual([
    {
      id: '3',
      type: 'KSampler',
      title: undefined,
      values: [
        { name: '#1', text: '5' },
        { name: '#4', text: 'euler' },
      ],
      links: [{ name: 'model', from: '4' }],
    },
    {
      id: '4',
      type: 'CheckpointLoaderSimple',
      title: undefined,
      values: [{ name: 'ckpt_name', text: 'a.safetensors' }],
      links: [],
    },
    {
      id: 'Upscale: 1',
      type: 'ImageScale',
      title: undefined,
      values: [],
      links: [{ name: 'image', from: 'Upscale: -10' }],
    },
  ]);
});

test('NaN is survived, other JSON is no graph', () => {
  expect(readGraph([{ text: '{"3":{"class_type":"A","inputs":{"x":NaN}}}' }])?.[0]?.values).toEqual([
    { name: 'x', text: 'null' },
  ]);
  expect(readGraph([{ text: '{"steps": 20}' }, { text: '{broken' }, { text: '[1]' }])).toBeUndefined();
});

test('nodes are found by type, title, number, names and values', () => {
  const nodes = readGraph([{ text: JSON.stringify(executed) }]) ?? [];
  const found = (needle: string) => searchNodes(nodes, needle).map(({ id }) => id);
  expect(found(' ksamp')).toEqual(['3']);
  expect(found('THE SAMPLER')).toEqual(['3']);
  expect(found('safetensors')).toEqual(['4']);
  expect(found('')).toEqual(['3', '4']);
  expect(found('nowhere')).toEqual([]);
});
