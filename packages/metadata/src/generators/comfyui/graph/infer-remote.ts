import type { GraphNode } from './graph.ts';
import type { Sockets } from './sockets.ts';
import { partnerModel } from '../node-kinds/partner-models.ts';
import type { NodeKind, SamplerKind } from '../node-kinds/node-kind.ts';

const prompts = [
  'prompt',
  'prompt_text',
  'text_prompt',
  'positive_prompt',
  'input_prompt',
  'user_prompt',
  'text',
  'tags',
  'description',
];
const negatives = ['negative_prompt', 'negative_prompt_text', 'negative_text'];
const models = ['model', 'model_name', 'model_version', 'model_id', 'version'];
const ratios = ['aspect_ratio', 'ratio'];
const sizes = ['size', 'size_preset', 'resolution'];

/**
 * A node that makes a picture, video or sound of a prompt without a model of its own sends it to a
 * service. Inputs that belong to a choice have its name in front, as in `model.prompt`.
 */
export function inferRemote(node: GraphNode, sockets: Sockets): NodeKind | undefined {
  const { wired, gives } = sockets;
  const isLocal = (['model', 'clip', 'conditioning', 'latent', 'guider', 'pipe', 'sigmas'] as const).some(
    (content) => wired.has(content),
  );
  if (isLocal || !makesMedia(node, sockets)) return undefined;
  const prompt = find(node, prompts);
  if (prompt === undefined) return undefined;
  // Detectors and nodes that write on pictures take words as well.
  if (!hasService(node)) return undefined;
  const negativePrompt = find(node, negatives);
  const named = every(node, models);
  const model = partnerModel(node.type);
  const sampler: SamplerKind = {
    isRemote: true,
    prompt,
    ...(negativePrompt !== undefined && { negativePrompt }),
    modelName: named.length > 0 || model === undefined ? named : { name: model },
    seed: every(node, ['seed', 'noise_seed']),
    steps: every(node, ['steps', 'num_inference_steps']),
    guidance: every(node, ['guidance']),
    cfg: every(node, ['cfg_scale', 'cfg', 'guidance_scale']),
  };
  const ratio = find(node, ratios);
  const dimensions = every(node, sizes);
  return {
    sampler,
    ...(ratio !== undefined && { records: { 'Aspect ratio': ratio } }),
    ...(dimensions.length > 0 && { size: { dimensions } }),
    ...(gives.size > 0 && { propagates: [] }),
  };
}

/** Where no output is known or wired on, the settings that services share must tell. */
function makesMedia(node: GraphNode, { gives }: Sockets): boolean {
  const given = [...gives.values()];
  if (given.some((content) => content === 'pixels')) return true;
  return given.length === 0 && node.outputs.length === 0;
}

const serviceSettings = [
  'seed',
  'aspect_ratio',
  'ratio',
  'size',
  'width',
  'model',
  'model_name',
  'resolution',
  'duration',
  'model_version',
];

function hasService(node: GraphNode): boolean {
  const hasSeed = [...node.inputs.keys()].some((name) => /seed$/i.test(name));
  return hasSeed || serviceSettings.some((name) => find(node, [name]) !== undefined);
}

function find(node: GraphNode, names: readonly string[]): string | undefined {
  return every(node, names)[0];
}

/** Inputs of these names, plain or behind the name of a choice, in the order of the names. */
function every(node: GraphNode, names: readonly string[]): readonly string[] {
  const inputs = [...node.inputs.keys()];
  return names.flatMap((name) => inputs.filter((input) => input === name || input.endsWith(`.${name}`)));
}
