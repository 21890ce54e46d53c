import type { NodeKind, NodeKinds, OutputKind } from './node-kind.ts';

function saves(
  media: OutputKind['media'],
  from: string,
  widgets: readonly string[],
  more: Partial<OutputKind> = {},
): NodeKind {
  const output = { is: 'save', media, from: [from], prefix: 'filename_prefix', ...more } as const;
  return { widgets, output, propagates: [from] };
}

/** Nodes of ComfyUI itself that write or show what was made. */
export const coreOutputs: NodeKinds = {
  SaveImage: saves('image', 'images', ['filename_prefix']),
  PreviewImage: {
    widgets: [],
    output: { is: 'preview', media: 'image', from: ['images'] },
    propagates: ['images'],
  },
  SaveImageWebsocket: {
    widgets: [],
    output: { is: 'save', media: 'image', from: ['images'] },
    propagates: ['images'],
  },
  SaveAnimatedWEBP: saves('video', 'images', ['filename_prefix', 'fps', 'lossless', 'quality', 'method'], {
    fps: 'fps',
  }),
  SaveAnimatedPNG: saves('video', 'images', ['filename_prefix', 'fps', 'compress_level'], { fps: 'fps' }),
  SaveWEBM: saves('video', 'images', ['filename_prefix', 'codec', 'fps', 'crf'], { fps: 'fps' }),
  SaveVideo: saves('video', 'video', ['filename_prefix', 'format', 'codec']),
  SaveAudio: saves('audio', 'audio', ['filename_prefix']),
  SaveAudioMP3: saves('audio', 'audio', ['filename_prefix', 'quality']),
  SaveAudioOpus: saves('audio', 'audio', ['filename_prefix', 'quality']),
  SaveLatent: saves('image', 'samples', ['filename_prefix']),
};
