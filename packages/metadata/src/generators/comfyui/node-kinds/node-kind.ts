import type { GenerationStage } from '../../../image-metadata.ts';
import type { JsonValue } from '../../../json/json-value.ts';

/**
 * Where a node takes something from: an input by name, or a field of a bundle (a pipe or context)
 * that arrives at an input.
 */
export type Port = string | { readonly bundle: string; readonly field: string };

/** One port, or several of which the first that is connected or filled counts. */
export type Ports = Port | readonly Port[];

/** Reads an input as a value, through wires and the nodes that compute it; undefined if it cannot. */
export type ReadInput = (port: Port) => JsonValue | undefined;

/**
 * Computes the value of an output from the inputs. `name` tells what the output is called on the canvas, or
 * else an input that it feeds.
 */
export type ValueRule = (
  read: ReadInput,
  slot: number,
  name: () => string | undefined,
) => JsonValue | undefined;

/** Names the input that an output passes through unchanged; undefined where the node makes the output itself. */
export type PassthroughRule = (read: ReadInput, slot: number) => Ports | undefined;

/** A node that runs a sampler: where each setting comes from. */
export interface SamplerKind {
  readonly role?: GenerationStage['role'];
  /** Latent or picture that the run starts from. Default: the inputs that output 0 propagates. */
  readonly from?: Ports;
  /** Wire to a node that holds the settings of this run, as a sampler kind of its own. */
  readonly provider?: Ports;
  readonly model?: Ports;
  readonly positive?: Ports;
  readonly negative?: Ports;
  readonly guider?: Ports;
  readonly noise?: Ports;
  readonly sigmas?: Ports;
  /** A wire that brings the sampler, as opposed to its name in `sampler`. */
  readonly algorithm?: Ports;
  readonly seed?: Ports;
  readonly steps?: Ports;
  readonly cfg?: Ports;
  readonly guidance?: Ports;
  readonly sampler?: Ports;
  readonly scheduler?: Ports;
  readonly denoise?: Ports;
  readonly startStep?: Ports;
  readonly endStep?: Ports;
  /** When this reads `disable` or false, the noise and so the seed is that of the stage before. */
  readonly addsNoise?: Ports;
  readonly upscaleModel?: Ports;
  readonly upscaleBy?: Ports;
  readonly vae?: Ports;
  /** Prompts that are written into the node itself. */
  readonly prompt?: Ports;
  readonly negativePrompt?: Ports;
  /** Name of the model where no wire brings one: the input that holds it, or the name itself as `{ name }`. */
  readonly modelName?: Ports | { readonly name: string };
  /** Runs on a server elsewhere: the node is all that is known of the run. */
  readonly isRemote?: boolean;
}

export interface GuiderKind {
  readonly model: Ports;
  readonly positive?: Ports;
  readonly negative?: Ports;
  readonly cfg?: Ports;
}

export interface SigmasKind {
  readonly steps?: Ports;
  /** The input that names the scheduler, or the name itself as `{ name }`. */
  readonly scheduler?: Ports | { readonly name: string };
  readonly denoise?: Ports;
}

/** A node that encodes text: input by name of the encoder (`text` where there is one only). */
export interface TextKind {
  readonly parts: Readonly<Record<string, Ports>>;
  readonly clip?: Ports;
  /** Output at which `value` gives the text, where it is put together of several inputs. */
  readonly fromOutput?: number;
  /** The (negative) layer at which the encoder stops, where the same node says it. */
  readonly stopLayer?: Ports;
  readonly guidance?: Ports;
  /** The texts say different things, as tags and lyrics do: the prompt is all of them, not the longest. */
  readonly isJoined?: boolean;
  /** Inputs whose words are joined to the text, nobody knows how: where one brings any, there is no text. */
  readonly adds?: readonly string[];
  /** The node applies `<lora:...>` tags that stand in its text. */
  readonly appliesLoras?: boolean;
}

export type SegmentRelation = 'combine' | 'concat' | 'average';

export interface MergeKind {
  readonly relation: SegmentRelation;
  /** Inputs in the order in which they are applied; `*` also takes every other wire, in order. */
  readonly inputs: readonly string[];
  /** For `average`: strength of the first input. */
  readonly weight?: Ports;
}

/** A part of the prompt that reaches only a part of the picture or of the run. */
export interface LimitKind {
  readonly area?: { readonly x: Port; readonly y: Port; readonly width: Port; readonly height: Port };
  readonly unit?: 'pixels' | 'fraction';
  readonly range?: { readonly start: Port; readonly end: Port };
}

export interface LoaderKind {
  /** The file name of the model. */
  readonly model?: Ports;
  readonly vae?: Ports;
}

/** A LoRA as a node applies it. */
export interface AppliedLora {
  readonly name: string;
  readonly weight?: number;
  readonly textEncoderWeight?: number;
  readonly active?: boolean;
}

export interface LoraKind {
  /** LoRAs in the order of application. */
  readonly applied: (read: ReadInput, inputs: readonly string[]) => readonly AppliedLora[];
  /** Wire that brings a stack of LoRAs from another such node, applied before its own. */
  readonly stack?: Ports;
}

export interface SizeKind {
  readonly width?: Ports;
  readonly height?: Ports;
  /** Both in one text, such as `1024 x 1024 (square)`; where it holds none, `width` and `height` count. */
  readonly dimensions?: Ports;
  readonly frames?: Ports;
  readonly batch?: Ports;
}

export type ResizeKind =
  | { readonly by: Ports; readonly method?: Ports }
  | { readonly width: Ports; readonly height: Ports; readonly method?: Ports }
  | { readonly megapixels: Ports; readonly method?: Ports }
  | { readonly upscaleModel: Ports; readonly by?: Ports }
  | {
      readonly pad: { readonly left: Port; readonly top: Port; readonly right: Port; readonly bottom: Port };
    };

/** A model beside the main one: the wire that brings it, and the input of its loader that names it. */
export interface UsedModel {
  /** Label in `parameters`, such as `ControlNet`. */
  readonly label: string;
  readonly from: Ports;
  readonly name: Ports;
}

/** Cuts a schedule in two: outputs 0 (before) and 1 (after). */
export type SplitKind = { readonly at: Port } | { readonly denoise: Port };

export interface OutputKind {
  readonly is: 'save' | 'preview';
  readonly media: 'image' | 'video' | 'audio';
  readonly prefix?: Port;
  readonly from: readonly string[];
  /** The node shows what it made itself. */
  readonly itself?: boolean;
  readonly fps?: Port;
}

/** Values that travel together through one wire. */
export interface BundleKind {
  /** Name of the field at each output slot; null for the bundle itself. */
  readonly slots: readonly (string | null)[];
  /** Input that sets a field, or `{ slot }` when the node makes it at an output of its own. */
  readonly fields: Readonly<Record<string, string | { readonly slot: number }>>;
  /** Bundles that fill the fields which the node does not set, first match wins. */
  readonly base?: readonly string[];
  /** Only the first bundle that is connected counts, for all fields. */
  readonly takesFirst?: boolean;
}

/** Names of widget values in order, or a function that derives them from the values. */
export type WidgetNames =
  | readonly (string | null)[]
  | ((values: readonly JsonValue[]) => readonly (string | null)[]);

/**
 * What a reader has to know about a ComfyUI node class. Every facet is optional, and a node may have
 * several. For an unknown class, a kind is inferred from the names and types of its inputs.
 */
export interface NodeKind {
  /**
   * Names of the values in `widgets_values` in order; null for one that is no input. The control
   * that the canvas adds behind a seed must not be listed.
   */
  readonly widgets?: WidgetNames;
  /** For each output slot, the inputs whose content it propagates, changed or not; the main one first. */
  readonly propagates?: readonly (string | readonly string[] | null)[];
  /** For plumbing such as reroutes: the input that an output passes through unchanged. */
  readonly passthrough?: PassthroughRule;
  readonly bundle?: BundleKind;
  /** Computes the value at an output. */
  readonly value?: ValueRule;
  /** Input whose text the node shows, and writes back into the workflow as it was in this run. */
  readonly displays?: Port;
  readonly output?: OutputKind;
  readonly sampler?: SamplerKind;
  readonly guider?: GuiderKind;
  /** Input with the seed of a noise source; null when it makes no noise. */
  readonly noise?: Ports | null;
  readonly sigmas?: SigmasKind;
  readonly splits?: SplitKind;
  /** Input that names the sampler, or the name itself. */
  readonly algorithm?: Ports | { readonly name: string };
  readonly text?: TextKind;
  /** For a node with texts at several outputs: by output slot. */
  readonly textAt?: readonly (TextKind | null)[];
  /** For a node that gives both texts through one output. */
  readonly textOf?: { readonly positive: TextKind; readonly negative: TextKind };
  readonly merge?: MergeKind;
  readonly limit?: LimitKind;
  /** The conditioning is set to zero, so no text is behind it. */
  readonly zeroed?: boolean;
  /** The conditioning is made of a picture, so no text is behind it. */
  readonly pictureOnly?: boolean;
  /** A second model that takes part here, by what it is. */
  readonly uses?: UsedModel;
  /** Input with the latent of an earlier stage, where it arrives along the conditioning. */
  readonly latentBefore?: Ports;
  readonly guidance?: Ports;
  readonly loader?: LoaderKind;
  /** Inputs of the models that are merged, with the input that holds each one's share. */
  readonly mergesModels?: readonly { readonly model: string; readonly share?: Port }[];
  readonly loras?: LoraKind;
  /** Input with the (negative) layer at which the text encoder stops. */
  readonly stopLayer?: Ports;
  /** The VAE that a decoder uses. */
  readonly vae?: Ports;
  readonly size?: SizeKind;
  readonly resize?: ResizeKind;
  /** Makes latents or pixels out of nothing. */
  readonly isEmpty?: boolean;
  /** Settings to report as `parameters`, by their label. */
  readonly records?: Readonly<Record<string, Port>>;
  /** What it makes is not stored in the graph: a language model, a wildcard, a file from elsewhere. */
  readonly isOpaque?: boolean;
}

/** Node kinds by class name. */
export type NodeKinds = Readonly<Record<string, NodeKind>>;

/** The same as a map, for lookups. */
export type NodeKindIndex = ReadonlyMap<string, NodeKind>;
