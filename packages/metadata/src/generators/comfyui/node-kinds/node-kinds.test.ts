import { describe, expect, it } from 'vitest';
import {
  describeApi,
  describeChunks,
  plainNodes,
  samplerWith,
} from '../../../../test/helpers/comfyui-graphs.ts';
import { drawWorkflow, plainCanvas, rewired } from '../../../../test/helpers/comfyui-workflows.ts';
import { printJson } from '../../../json/json-value.ts';
import { createComfyUiGenerator } from '../comfyui.ts';
import { knownNodeKinds } from './known-node-kinds.ts';

const own = createComfyUiGenerator({
  nodeKinds: {
    'Haiku Encoder': {
      widgets: ['line_1', 'line_2', 'line_3'],
      text: { parts: { text: 'whole' }, clip: 'clip' },
    },
    'Haiku Writer': {
      widgets: ['line_1', 'line_2', 'line_3'],
      value: (read) => ['line_1', 'line_2', 'line_3'].map((name) => printJson(read(name) ?? '')).join('\n'),
    },
    // Replaces what is built in.
    CheckpointLoaderSimple: { widgets: ['ckpt_name'], loader: { model: 'real_name' } },
  },
});

describe('node kinds of your own', () => {
  it('are asked before those that are built in', () => {
    const { generation } = describeApi(
      {
        ...plainNodes,
        model: ['CheckpointLoaderSimple', { ckpt_name: 'alias', real_name: 'real.safetensors' }],
        haiku: ['Haiku Writer', { line_1: '古池や', line_2: '蛙飛びこむ', line_3: '水の音' }],
        positive: ['Haiku Encoder', { whole: ['haiku', 0], clip: ['model', 1] }],
        sampler: samplerWith({}),
      },
      {},
      own,
    );
    expect(generation).toMatchObject({
      prompt: '古池や\n蛙飛びこむ\n水の音',
      model: { name: 'real.safetensors' },
    });
  });

  it('name the widgets of a workflow', () => {
    const workflow = drawWorkflow({
      nodes: [
        ...Object.values(plainCanvas),
        { id: 8, type: 'Haiku Writer', widgets: ['a', 'b', 'c'], outputs: ['STRING'] },
        {
          id: 9,
          type: 'Haiku Encoder',
          inputs: [
            ['clip', 'CLIP'],
            ['whole', 'STRING'],
          ],
          outputs: ['CONDITIONING'],
        },
      ],
      wires: rewired(
        [[5, 'positive']],
        [
          [1, 1, 9, 'clip'],
          [8, 0, 9, 'whole'],
          [9, 0, 5, 'positive'],
        ],
      ),
    });
    expect(describeChunks({ workflow }, {}, own).generation.prompt).toBe('a\nb\nc');
  });

  it('do not change what is built in', () => {
    expect(knownNodeKinds['CheckpointLoaderSimple']?.loader).toEqual({ model: 'ckpt_name' });
    expect(describeApi(plainNodes).generation.model).toEqual({ name: 'base.safetensors' });
  });
});
