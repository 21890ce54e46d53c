import type { GraphNode } from './graph.ts';
import { guessPropagated } from './guess-propagated.ts';
import type { NodeKind, OutputKind, SamplerKind } from '../node-kinds/node-kind.ts';

const pixelInput = /^(?:images?|pixels|video|frames|samples|audio)$/i;
const textInput = /^(?:text|prompt|positive|positive_prompt|text_positive|string|caption)$/i;
const modelFile = /\.(?:safetensors|sft|ckpt|pth?|gguf|bin)$/i;
const modelInput = /^(?:ckpt_name|unet_name|model_name|model_path|diffusion_model|checkpoint|ckpt)$/i;

/** Infers the kind of an unknown class from the names of its inputs. */
export function inferNodeKind(node: GraphNode): NodeKind {
  const sampler = inferSampler(node);
  if (sampler !== undefined) {
    return {
      sampler,
      propagates: [['latent_image', 'latent', 'samples', 'image', 'pixels']],
      ...inferSize(node),
    };
  }
  return (
    inferRemote(node) ??
    inferOutput(node) ??
    inferText(node) ??
    inferLora(node) ??
    inferLoader(node) ??
    inferConstant(node) ??
    inferSize(node)
  );
}

const standardSampler: SamplerKind = {
  model: 'model',
  positive: 'positive',
  negative: 'negative',
  seed: ['seed', 'noise_seed'],
  steps: 'steps',
  cfg: ['cfg', 'cfg_scale', 'guidance_scale'],
  sampler: ['sampler_name', 'sampler'],
  scheduler: 'scheduler',
  denoise: ['denoise', 'denoise_strength'],
  startStep: 'start_at_step',
  endStep: 'end_at_step',
  addsNoise: 'add_noise',
  vae: ['vae', 'optional_vae'],
};

function inferSampler(node: GraphNode): SamplerKind | undefined {
  if (isWired(node, 'guider') && isWired(node, 'sigmas')) {
    return { guider: 'guider', sigmas: 'sigmas', noise: 'noise', algorithm: 'sampler', seed: 'noise_seed' };
  }
  const hasNoise = ['seed', 'noise_seed', 'noise'].some((name) => node.inputs.has(name));
  const hasSchedule = node.inputs.has('steps') || isWired(node, 'sigmas');
  if (!isWired(node, 'model') || !isWired(node, 'positive') || !hasSchedule || !hasNoise) return undefined;
  return isWired(node, 'sigmas')
    ? { ...standardSampler, sigmas: 'sigmas', algorithm: 'sampler' }
    : standardSampler;
}

/** What makes or scales pictures to a size of its own says so in two inputs. */
function inferSize(node: GraphNode): NodeKind {
  if (!node.inputs.has('width') || !node.inputs.has('height')) return {};
  const hasPicture = guessPropagated(node, 0, 'pixels').length > 0;
  return {
    size: { width: 'width', height: 'height', frames: ['num_frames', 'length', 'video_frames'] },
    isEmpty: !hasPicture,
  };
}

const remoteSettings = [
  'seed',
  'aspect_ratio',
  'size',
  'width',
  'model',
  'model_name',
  'resolution',
  'duration',
];

/** A node that has a prompt but no text encoder sends it to a service. */
function inferRemote(node: GraphNode): NodeKind | undefined {
  const isLocal = ['clip', 'model', 'positive', 'conditioning'].some((name) => isWired(node, name));
  if (isLocal || !node.inputs.has('prompt') || !remoteSettings.some((name) => node.inputs.has(name))) {
    return undefined;
  }
  const sampler: SamplerKind = {
    isRemote: true,
    prompt: 'prompt',
    negativePrompt: 'negative_prompt',
    modelName: ['model', 'model_name'],
    seed: 'seed',
    steps: 'steps',
    guidance: 'guidance',
    cfg: ['cfg_scale', 'cfg'],
  };
  return { sampler, records: { 'Aspect ratio': 'aspect_ratio' } };
}

function inferOutput(node: GraphNode): NodeKind | undefined {
  const verb = /save|preview|combine/i.exec(node.type)?.[0].toLowerCase();
  const from = [...node.inputs.keys()].filter((name) => pixelInput.test(name) && isWired(node, name));
  if (verb === undefined || from.length === 0) return undefined;
  const hasPrefix = node.inputs.has('filename_prefix');
  if (verb === 'combine' && !hasPrefix) return undefined;
  const media: OutputKind['media'] = /video|webm|mp4|gif|anim/i.test(node.type)
    ? 'video'
    : /audio/i.test(node.type)
      ? 'audio'
      : 'image';
  const is = verb === 'preview' ? 'preview' : 'save';
  return {
    output: { is, media, from, ...(hasPrefix && { prefix: 'filename_prefix' }) },
    propagates: [from],
  };
}

function inferText(node: GraphNode): NodeKind | undefined {
  if (!isWired(node, 'clip') || isWired(node, 'model')) return undefined;
  const name = [...node.inputs.keys()].find((input) => textInput.test(input));
  return name === undefined ? undefined : { text: { parts: { text: name }, clip: 'clip' } };
}

function inferLora(node: GraphNode): NodeKind | undefined {
  if (!isWired(node, 'model') || !node.inputs.has('lora_name')) return undefined;
  return {
    propagates: [['model'], ['clip']],
    loras: {
      applied: (read) => {
        const name = read('lora_name');
        const weight = read('strength_model') ?? read('strength');
        if (typeof name !== 'string') return [];
        return [{ name, ...(typeof weight === 'number' && { weight }) }];
      },
    },
  };
}

function inferLoader(node: GraphNode): NodeKind | undefined {
  if ([...node.inputs.values()].some((input) => input.kind === 'link')) return undefined;
  for (const [name, input] of node.inputs) {
    if (input.kind !== 'literal' || typeof input.value !== 'string') continue;
    if (modelInput.test(name) || (name === 'model' && /load/i.test(node.type)))
      return { loader: { model: name } };
    if (/^vae(?:_name)?$/i.test(name) && modelFile.test(input.value)) return { loader: { vae: name } };
  }
  return undefined;
}

function isWired(node: GraphNode, name: string): boolean {
  return node.inputs.get(name)?.kind === 'link';
}

const valueBox = /primitive|constant|literal|text|string|prompt|positive|negative|int|float|number|seed/i;
const makesValues =
  /random|wildcard|generat|describe|caption|tagger|translat|llm|gpt|chat|ollama|gemini|file|load/i;

/** A box that holds one value and takes nothing in cannot give anything else. */
function inferConstant(node: GraphNode): NodeKind | undefined {
  if (node.inputs.size !== 1 || !valueBox.test(node.type) || makesValues.test(node.type)) return undefined;
  const [[name, input] = []] = node.inputs;
  if (name === undefined || input?.kind !== 'literal' || typeof input.value === 'object') return undefined;
  return { value: (read) => read(name) };
}
