import type {
  Description,
  EmbeddedText,
  Generation,
  GenerationRole,
  GenerationStage,
  GeneratorId,
  LoraReference,
  ModelReference,
} from '../../image-metadata.ts';
import { promptLoras } from './extra-networks.ts';
import { printExtraInfo } from './extra-info.ts';
import { originIn } from './infotext-origin.ts';
import { isJsonText } from './is-json-text.ts';
import { parseInfotext } from './parse-infotext.ts';
import { sourceIdentifier } from './source-identifier.ts';
import { type InfotextParts, splitInfotext } from './split-infotext.ts';
import { isSettingKey, quoteSetting, takesOneMore } from './tokenise-settings.ts';

/** The parts of a result that its text form is made of. */
export interface InfotextSource {
  readonly generator?: GeneratorId | undefined;
  readonly generatorLabel?: string;
  readonly generation?: Generation | undefined;
  /** Texts as found: an A1111 text among them is given back as it is. */
  readonly embedded?: readonly EmbeddedText[];
}

export interface InfotextOptions {
  /** Whether to add the line for what the text form cannot say; true by default. */
  readonly extraInfo?: boolean;
}

/**
 * The A1111-style text of a result, which IIB calls geninfo; `''` without a generation. Names the
 * generator as `Source Identifier`. What the text form cannot say follows on a line
 * `extraJsonMetaInfo: {...}`, so that `parseInfotext` gives every field back.
 */
export function toInfotext(metadata: InfotextSource, options: InfotextOptions = {}): string {
  const { generator, generation } = metadata;
  if (generation === undefined) return '';
  const original = originalText(metadata);
  if (original !== undefined) return original;
  const identifier =
    generator === undefined ? undefined : sourceIdentifier(generator, metadata.generatorLabel);
  return printInfotext(generation, identifier, options);
}

/** The text of the file itself, with its writer named, where that says the same. */
function originalText(metadata: InfotextSource): string | undefined {
  const { generator, generation, embedded = [] } = metadata;
  if (generator === undefined || generation === undefined) return undefined;
  const identifier = sourceIdentifier(generator, metadata.generatorLabel);
  for (const found of embedded) {
    const { text } = found;
    const origin = originIn(text, generation);
    if (origin === undefined && (isJsonText(found) || !isEqual(parseInfotext(text)?.generation, generation)))
      continue;
    const named = withSourceIdentifier(text, identifier, origin ?? splitInfotext(text));
    if (origin !== undefined && isOneSettingMore(named, origin, identifier)) return named;
    const again = parseInfotext(named);
    if (again?.generator === generator && isEqual(again.generation, generation)) return named;
  }
  return undefined;
}

/** Adds `Source Identifier` to the settings line, which need not be the last one. */
function withSourceIdentifier(text: string, identifier: string, parts: InfotextParts | undefined): string {
  if (text.includes('Source Identifier: ')) return text;
  const trailer = parts?.trailer.filter((line) => line.trim() !== '').length ?? 0;
  if (trailer === 0 && !text.includes('\r')) {
    return `${text.trimEnd().replace(/,$/, '')}, Source Identifier: ${identifier}`;
  }
  const lines = text.replace(/\r\n?/g, '\n').trimEnd().split('\n');
  const last = lines.length - 1 - trailer;
  const settings = (lines[last] ?? '').trimEnd().replace(/,$/, '');
  lines[last] = `${settings}, Source Identifier: ${identifier}`;
  return lines.join('\n');
}

/** Whether a text is one that was read before with the generator's name at its end: it says the same besides. */
function isOneSettingMore(
  text: string,
  { settings, settingsLine, trailer }: InfotextParts,
  identifier: string,
): boolean {
  if (settingsLine === undefined || trailer.length > 0 || !takesOneMore(settingsLine, settings)) return false;
  const end = `${settingsLine}, Source Identifier: ${identifier}`;
  return text.endsWith(end) && (text.length === end.length || text.at(-end.length - 1) === '\n');
}

/** A generation as an infotext; with the name of a generator, that is part of it. */
export function printInfotext(
  generation: Generation,
  identifier?: string,
  { extraInfo = true }: InfotextOptions = {},
): string {
  const lines = [generation.prompt ?? ''];
  if (generation.negativePrompt !== undefined) {
    lines.push(`Negative prompt: ${generation.negativePrompt}`);
  }
  lines.push(printSettings(generation, identifier));
  const text = lines.join('\n').trimStart();
  if (!extraInfo) return text;
  const back = parseInfotext(text);
  if (back && missingFrom(back, generation) === undefined) return text;
  // With the line that follows, the text may be taken apart in another way.
  const extra = missingFrom(parseInfotext(`${text}\n${printExtraInfo({})}`), generation);
  return `${text}\n${extra ?? printExtraInfo({})}`;
}

type Entry = readonly [key: string, value: string | number | undefined];

function printSettings(generation: Generation, identifier: string | undefined): string {
  const line = new SettingsLine();
  line.add(samplerEntries(generation));
  line.add([
    ['Seed', generation.seed],
    ['Size', printSize(generation)],
    ['Model hash', generation.model?.hash],
    ['Model', generation.model?.name],
    ['VAE', generation.vae],
    ['Denoising strength', generation.denoise],
    ['Clip skip', generation.clipSkip],
  ]);
  for (const stage of generation.stages ?? []) line.add(stageEntries(stage));
  line.add([
    ['Lora hashes', printHashes(lorasWithHash(generation))],
    ['TI hashes', printHashes(generation.embeddings ?? [])],
  ]);
  line.add(loraEntries(generation));
  line.add(stageTexts(generation));
  line.add(otherEntries(generation));
  line.add([
    ['Created Date', generation.date],
    ['Generation time', generation.generationTime],
    ['Version', generation.version],
    ['Source Identifier', identifier],
  ]);
  return line.text;
}

/** Written piece by piece: one list of all takes V8 a tenth of a second to optimise, which a fresh thread has to wait for. */
class SettingsLine {
  text = '';

  add(entries: readonly Entry[]): void {
    for (const [key, value] of entries) {
      if (value === undefined) continue;
      const setting = `${key}: ${quoteSetting(String(value))}`;
      this.text = this.text === '' ? setting : `${this.text}, ${setting}`;
    }
  }
}

function otherEntries({ parameters = {} }: Generation): Entry[] {
  return Object.entries(parameters).filter(([key]) => key !== 'Sampler' && isSettingKey(key));
}

function samplerEntries(generation: Generation): Entry[] {
  const recorded = generation.parameters?.['Sampler'];
  return [
    ['Steps', generation.steps],
    ['Sampler', recorded ?? generation.sampler],
    ['Schedule type', recorded === undefined ? generation.scheduler : undefined],
    ['CFG scale', generation.cfgScale],
    ['Distilled CFG Scale', generation.guidance],
  ];
}

function printSize({ width, height }: { width?: number; height?: number }): string | undefined {
  return width === undefined && height === undefined ? undefined : `${width ?? 0}x${height ?? 0}`;
}

function stageEntries(stage: GenerationStage): Entry[] {
  if (stage.role === 'refiner') return [['Refiner', printModel(stage.model)]];
  if (stage.role !== 'hires') return [];
  return [
    ['Denoising strength', stage.denoise],
    ['Hires upscale', stage.upscaleBy],
    ['Hires resize', printSize(stage)],
    ['Hires steps', stage.steps],
    ['Hires upscaler', stage.upscaler],
    ['Hires sampler', stage.sampler],
    ['Hires schedule type', stage.scheduler],
    ['Hires CFG Scale', stage.cfgScale],
    ['Hires Distilled CFG Scale', stage.guidance],
    ['Hires checkpoint', printModel(stage.model)],
    ['Hires prompt', stage.prompt],
    ['Hires negative prompt', stage.negativePrompt],
  ];
}

function printModel(model: ModelReference | undefined): string | undefined {
  if (model?.name === undefined) return undefined;
  return model.hash === undefined ? model.name : `${model.name} [${model.hash}]`;
}

function lorasWithHash(generation: Generation): readonly LoraReference[] {
  const inPrompt = new Set(promptLoras(generation.prompt ?? '').map(({ name }) => name));
  return (generation.loras ?? []).filter(({ name, hash }) => hash !== undefined || inPrompt.has(name));
}

/** LoRAs that neither the prompt nor the hashes name, as savers of ComfyUI list them: a search must find them. */
function loraEntries(generation: Generation): readonly Entry[] {
  const named = new Set(lorasWithHash(generation));
  const others = (generation.loras ?? []).filter((lora) => !named.has(lora) && lora.hash === undefined);
  return others.flatMap(({ name, weight, textEncoderWeight }, index): Entry[] => [
    [`Lora_${index} Model name`, name],
    [`Lora_${index} Strength model`, weight],
    [`Lora_${index} Strength clip`, textEncoderWeight],
  ]);
}

const told: ReadonlySet<GenerationRole> = new Set(['hires', 'refiner']);

/** Texts and models of stages and encoders that the rest of the text does not hold. */
function stageTexts({ prompt = '', model, stages = [], promptSegments = [] }: Generation): readonly Entry[] {
  const entries = new Map<string, string>();
  const say = (key: string, value: string | undefined, known = ''): void => {
    if (value !== undefined && value !== '' && !known.includes(value)) entries.set(`${key}: ${value}`, key);
  };
  for (const { role, ...stage } of stages) {
    const label = `${role.charAt(0).toUpperCase()}${role.slice(1)}`;
    if (role !== 'hires') say(`${label} prompt`, stage.prompt, prompt);
    if (!told.has(role)) say(`${label} model`, stage.model?.name, model?.name);
  }
  for (const { parts = {} } of promptSegments) {
    for (const [encoder, text] of Object.entries(parts)) say(`Prompt of ${encoder}`, text, prompt);
  }
  return [...entries].flatMap(([text, key]): Entry[] =>
    isSettingKey(key) ? [[key, text.slice(key.length + 2)]] : [],
  );
}

function printHashes(resources: readonly { name: string; hash?: string }[]): string | undefined {
  const pairs = resources
    .filter(({ hash }) => hash !== undefined)
    .map(({ name, hash }) => `${name.replace(/[:,]/g, '')}: ${hash}`);
  return pairs.length === 0 ? undefined : pairs.join(', ');
}

/** The fields that the text form does not give back, as JSON; a field too many is null. */
function missingFrom(parsed: Description | undefined, generation: Generation): string | undefined {
  const back: Readonly<Record<string, unknown>> = { ...parsed?.generation };
  const fields: Readonly<Record<string, unknown>> = { ...generation, provenance: undefined };
  const overlay: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(back), ...Object.keys(fields)])) {
    if (!isEqual(back[key], fields[key])) overlay[key] = fields[key] ?? null;
  }
  return Object.keys(overlay).length === 0 ? undefined : printExtraInfo(overlay);
}

/** Equality of plain values, without regard to the order of keys or to absent members. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return false;
  }
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const left: Readonly<Record<string, unknown>> = { ...one };
  const right: Readonly<Record<string, unknown>> = { ...other };
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) =>
    isEqual(left[key], right[key]),
  );
}
