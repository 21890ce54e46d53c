import { jsonDigits } from '../../../json/json-value.ts';
import type { SamplerSettings } from '../../../image-metadata.ts';
import { promptText } from '../../fields/prompt-text.ts';
import type { GraphNode } from '../graph/graph.ts';
import { isKnown, kindOf, originOf, type GraphWalk } from '../graph/graph-walk.ts';
import type { Ports, SamplerKind } from '../node-kinds/node-kind.ts';
import { recordSettings, type Records } from './record-settings.ts';
import { traceConditioning, type TracedConditioning } from './trace-conditioning.ts';
import { appliedLoras, traceModel, type TracedModel } from './trace-model.ts';
import { numberAt, textAt } from '../graph/read-input.ts';
import { traceSigmas } from './trace-sigmas.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** All that one sampler run was given. */
export interface TracedSampler {
  readonly node: GraphNode;
  readonly settings: SamplerSettings & { readonly startStep?: number; readonly endStep?: number };
  readonly addsNoise: boolean;
  readonly model: TracedModel;
  readonly positive: TracedConditioning;
  readonly negative: TracedConditioning;
  /** The guider takes no negative side at all. */
  readonly hasNegative: boolean;
}

export function traceSampler(walk: GraphWalk, node: GraphNode, records: Records): TracedSampler {
  const { node: source, kind } = settingsSource(walk, node);
  recordSettings(walk, node, records);
  const guidance = guidanceSource(walk, source, kind, records);
  const positive =
    ownText(walk, source, kind.prompt) ??
    traceConditioning(walk, guidance.node, guidance.positive, 'positive', records);
  const negative =
    ownText(walk, source, kind.negativePrompt) ??
    traceConditioning(walk, guidance.node, guidance.negative, 'negative', records);
  const model = namedModel(walk, source, kind) ?? traceModel(walk, guidance.node, guidance.model, records);
  return {
    node,
    settings: readSettings(walk, source, kind, numberAt(walk, guidance.node, guidance.cfg), positive),
    addsNoise: addsNoise(walk, source, kind),
    model: withOwnLoras(walk, source, model),
    positive,
    negative,
    hasNegative: guidance.negative !== undefined || kind.prompt !== undefined || !guidance.isKnown,
  };
}

/** A prompt that stands in the sampler itself. */
function ownText(walk: GraphWalk, node: GraphNode, ports: Ports | undefined): TracedConditioning | undefined {
  const result = ports === undefined ? undefined : walk.evaluate(node, ports);
  if (result === undefined) return undefined;
  if ('unresolved' in result) {
    return { segments: [], appliesLorasOf: [], unresolved: [result.unresolved], lost: [] };
  }
  const text = promptText(result.value);
  const segments = text === undefined ? [] : [{ text, nodeId: node.id }];
  return { segments, appliesLorasOf: [], unresolved: [], lost: [] };
}

/** Some samplers load a LoRA themselves, which comes last. */
function withOwnLoras(walk: GraphWalk, node: GraphNode, model: TracedModel): TracedModel {
  const { loras } = kindOf(walk, node);
  return loras === undefined
    ? model
    : { ...model, loras: [...model.loras, ...appliedLoras(walk, node, loras)] };
}

function namedModel(walk: GraphWalk, node: GraphNode, kind: SamplerKind): TracedModel | undefined {
  const { modelName } = kind;
  const isFixed = typeof modelName === 'object' && 'name' in modelName;
  const name = isFixed ? modelName.name : textAt(walk, node, modelName);
  return name === undefined ? undefined : { model: { name }, merged: [], loras: [] };
}

/** Some nodes only rerun what another node describes. */
function settingsSource(
  walk: GraphWalk,
  node: GraphNode,
): { readonly node: GraphNode; readonly kind: SamplerKind } {
  const kind = kindOf(walk, node).sampler ?? {};
  const provider = originOf(walk, node, kind.provider);
  const provided = provider && kindOf(walk, provider.node).sampler;
  return provider !== undefined && provided !== undefined
    ? { node: provider.node, kind: provided }
    : { node, kind };
}

interface GuidanceSource {
  readonly node: GraphNode;
  readonly model: Ports | undefined;
  readonly positive: Ports | undefined;
  readonly negative: Ports | undefined;
  readonly cfg: Ports | undefined;
  /** Its class is described, so that what it does not take is known to be missing. */
  readonly isKnown: boolean;
}

/** Model and conditioning come at the sampler itself, or at the guider that it is given. */
function guidanceSource(
  walk: GraphWalk,
  node: GraphNode,
  { guider: port, model, positive, negative, cfg }: SamplerKind,
  records: Records,
): GuidanceSource {
  const guider = originOf(walk, node, port);
  const kind = guider && kindOf(walk, guider.node).guider;
  if (guider === undefined || kind === undefined) {
    const isGuided = port !== undefined && node.inputs.size > 0 && positive === undefined;
    return { node, model, positive, negative, cfg, isKnown: !isGuided && isKnown(walk, node) };
  }
  recordSettings(walk, guider.node, records);
  return {
    node: guider.node,
    model: kind.model,
    positive: kind.positive,
    negative: kind.negative,
    cfg: kind.cfg,
    isKnown: isKnown(walk, guider.node),
  };
}

function readSettings(
  walk: GraphWalk,
  node: GraphNode,
  kind: SamplerKind,
  cfgScale: number | undefined,
  positive: TracedConditioning,
): TracedSampler['settings'] {
  const settings: Mutable<TracedSampler['settings']> = { ...traceSigmas(walk, node, kind.sigmas) };
  assign(settings, 'seed', readSeed(walk, node, kind));
  assign(settings, 'steps', numberAt(walk, node, kind.steps));
  assign(settings, 'cfgScale', cfgScale);
  assign(settings, 'guidance', numberAt(walk, node, kind.guidance) ?? positive.guidance);
  assign(settings, 'sampler', samplerName(walk, node, kind));
  assign(settings, 'scheduler', textAt(walk, node, kind.scheduler));
  assign(settings, 'denoise', numberAt(walk, node, kind.denoise));
  assign(settings, 'startStep', numberAt(walk, node, kind.startStep));
  assign(settings, 'endStep', numberAt(walk, node, kind.endStep));
  return settings;
}

function assign<T, Key extends keyof T>(target: T, key: Key, value: T[Key] | undefined): void {
  if (value !== undefined) target[key] = value;
}

function readSeed(walk: GraphWalk, node: GraphNode, kind: SamplerKind): string | undefined {
  const noise = originOf(walk, node, kind.noise);
  const source = noise && kindOf(walk, noise.node).noise;
  if (noise !== undefined && source === null) return undefined;
  const digits =
    noise !== undefined && source !== undefined && source !== null
      ? digitsAt(walk, noise.node, source)
      : digitsAt(walk, node, kind.seed);
  // A negative number asks the node to draw one, which it does not store.
  return digits?.startsWith('-') === true ? undefined : digits;
}

function digitsAt(walk: GraphWalk, node: GraphNode, ports: Ports | undefined): string | undefined {
  const result = ports === undefined ? undefined : walk.evaluate(node, ports);
  return result !== undefined && 'value' in result ? jsonDigits(result.value) : undefined;
}

function addsNoise(walk: GraphWalk, node: GraphNode, kind: SamplerKind): boolean {
  const noise = originOf(walk, node, kind.noise);
  if (noise !== undefined && kindOf(walk, noise.node).noise === null) return false;
  if (kind.addsNoise === undefined) return true;
  const result = walk.evaluate(node, kind.addsNoise);
  const value = result !== undefined && 'value' in result ? result.value : undefined;
  return value !== false && value !== 'disable';
}

function samplerName(walk: GraphWalk, node: GraphNode, kind: SamplerKind): string | undefined {
  const source = originOf(walk, node, kind.algorithm);
  const algorithm = source && kindOf(walk, source.node).algorithm;
  if (source === undefined || algorithm === undefined) return textAt(walk, node, kind.sampler);
  if (typeof algorithm === 'object' && 'name' in algorithm) return algorithm.name;
  return textAt(walk, source.node, algorithm);
}
