import type { GraphNode } from './graph.ts';
import { isSchedulerName } from './known-samplers.ts';
import type { Sockets } from './sockets.ts';
import type { NodeKind, Port, SamplerKind } from '../node-kinds/node-kind.ts';

const settings = {
  seed: ['seed', 'noise_seed', 'seed_num'],
  steps: ['steps', 'num_inference_steps', 'num_steps', 'sampling_steps', 'steps_total'],
  cfg: ['cfg', 'cfg_scale', 'guidance_scale', 'true_gs'],
  guidance: ['guidance', 'embedded_guidance_scale', 'flux_guidance'],
  scheduler: ['scheduler', 'scheduler_name'],
  denoise: ['denoise', 'denoise_strength', 'denoising_strength'],
  startStep: ['start_at_step', 'start_step'],
  endStep: ['end_at_step', 'end_step'],
  addsNoise: 'add_noise',
} as const;

/** A node that takes a model, or what brings one, and gives a latent or a picture. */
export function inferSampler(node: GraphNode, sockets: Sockets): NodeKind | undefined {
  if (!runsModel(node, sockets)) return undefined;
  const { wired } = sockets;
  const [model] = wired.get('model') ?? [];
  const [guider] = wired.get('guider') ?? [];
  const [sigmas] = wired.get('sigmas') ?? [];
  const [noise] = wired.get('noise') ?? [];
  const [algorithm] = wired.get('sampler') ?? [];
  const pixels = pixelInputs(sockets);
  const sampler: SamplerKind = {
    ...settings,
    ...sidesOf(sockets),
    ...ports('model', model, sockets),
    ...ports('vae', wired.get('vae')?.[0], sockets),
    ...(guider !== undefined && { guider }),
    ...(sigmas !== undefined && { sigmas }),
    ...(noise !== undefined && { noise }),
    ...(algorithm !== undefined && { algorithm }),
    ...algorithmOf(node),
    ...(pixels.length > 0 && { from: pixels }),
    ...roleOf(node),
  };
  return { sampler, propagates: pixels.length > 0 ? outputsAs(sockets, pixels) : [] };
}

/** Wrappers of video models have one list, called schedulers, which name the solver: what others call the sampler. */
function algorithmOf(node: GraphNode): Pick<SamplerKind, 'sampler' | 'scheduler'> {
  const names = ['sampler_name', 'sampler'];
  const scheduler = node.inputs.get('scheduler');
  const isSolver = scheduler?.kind === 'literal' && !isSchedulerName(scheduler.value);
  if (!isSolver || names.some((name) => node.inputs.has(name))) return { sampler: names };
  return { sampler: 'scheduler', scheduler: [] };
}

/** What tells a run from a node that only changes a model or prepares its inputs. */
function runsModel(node: GraphNode, { wired, gives }: Sockets): boolean {
  const given = new Set(gives.values());
  if (given.size > 0 && !given.has('latent') && !given.has('pixels')) return false;
  const isScheduled = wired.has('sigmas') || settings.steps.some((name) => node.inputs.has(name));
  const hasNoise = wired.has('noise') || settings.seed.some((name) => node.inputs.has(name));
  if (wired.has('guider')) return isScheduled || hasNoise || given.has('latent');
  if (wired.has('pipe')) return given.size > 0 && (isScheduled || /sampler|detailer/i.test(node.type));
  if (!wired.has('model')) return false;
  if (!wired.has('conditioning')) return isScheduled && given.size > 0;
  const isRun = wired.has('latent') || /sampler/i.test(node.type);
  const isOnlyRun = isRun && !given.has('conditioning') && !given.has('model');
  return isScheduled || hasNoise || (given.size > 0 && isOnlyRun);
}

/** Positive and negative by their names; of other names the first conditioning is the positive one. */
function sidesOf(sockets: Sockets): Pick<SamplerKind, 'positive' | 'negative'> {
  const names = sockets.wired.get('conditioning') ?? [];
  const negative = names.find((name) => /neg|uncond/i.test(name));
  const positive = names.find((name) => /pos/i.test(name)) ?? names.find((name) => name !== negative);
  return {
    ...ports('positive', positive, sockets),
    ...ports('negative', negative, sockets),
  };
}

/** An input of the node itself, and behind it the field of each pipe. */
function ports(
  field: 'model' | 'positive' | 'negative' | 'vae',
  own: string | undefined,
  { wired }: Sockets,
): Partial<Record<typeof field, readonly Port[]>> {
  const piped = (wired.get('pipe') ?? []).map((bundle): Port => ({ bundle, field }));
  const found: readonly Port[] = own === undefined ? piped : [own, ...piped];
  return found.length === 0 ? {} : { [field]: found };
}

/** Latents before pictures; masks and pictures to look at are not what a run starts from. */
function pixelInputs({ wired }: Sockets): readonly string[] {
  const latents = wired.get('latent') ?? [];
  return latents.length > 0 ? latents : (wired.get('pixels') ?? []);
}

function outputsAs({ gives }: Sockets, pixels: readonly string[]): NonNullable<NodeKind['propagates']> {
  const last = Math.max(0, ...gives.keys());
  return Array.from({ length: Math.min(last, 30) + 1 }, () => pixels);
}

function roleOf({ type }: GraphNode): Pick<SamplerKind, 'role'> {
  if (/detail/i.test(type)) return { role: 'detailer' };
  return /upscal/i.test(type) ? { role: 'upscale' } : {};
}
