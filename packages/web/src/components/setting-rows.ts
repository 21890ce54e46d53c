import type { ImageDescription } from '@iib-kit/contract';

import type { LabelKey } from '../i18n/translate.ts';
import { exactTerm } from '../query/print-term.ts';

export type Generation = NonNullable<ImageDescription['generation']>;

/** A setting with its label. */
export interface SettingRow {
  /** A translated label, or the name that the generator uses. */
  readonly label: LabelKey | { readonly name: string };
  readonly value: string;
  /** Finds the images with the same setting. */
  readonly query?: string;
}

/** The settings of a generation, the most sought-after first. */
export function settingRows(generation: Generation): SettingRow[] {
  const rows: SettingRow[] = [];
  const add = (label: SettingRow['label'], value: string | number | undefined, query?: string) => {
    if (value === undefined || value === '') return;
    rows.push({ label, value: String(value), ...(query === undefined ? {} : { query }) });
  };
  const { model, width, height } = generation;
  add('setting.model', model?.name, model?.name === undefined ? undefined : exactTerm('model', model.name));
  add('setting.modelHash', model?.hash);
  for (const merged of generation.merged_models ?? []) {
    add('setting.mergedModel', withNumber(merged.name ?? merged.hash ?? '', merged.share));
  }
  for (const lora of generation.loras ?? []) {
    add('setting.lora', withNumber(lora.name, lora.weight), exactTerm('lora', lora.name));
  }
  for (const { name } of generation.embeddings ?? []) add('setting.embedding', name);
  add('setting.vae', generation.vae);
  addSampling(generation, add);
  if (width !== undefined && height !== undefined) {
    add('setting.size', `${width} × ${height}`, `width=${width} height=${height}`);
  }
  add('setting.clipSkip', generation.clip_skip);
  add('setting.version', generation.version);
  add('setting.date', generation.date);
  const took = generation.generation_time;
  add('setting.generationTime', took === undefined ? undefined : `${took} s`);
  for (const [name, value] of Object.entries(generation.parameters ?? {})) add({ name }, value);
  return rows;
}

type Stage = NonNullable<Generation['stages']>[number];

/** The settings of one stage, without its prompts. */
export function stageRows(stage: Stage): SettingRow[] {
  const rows: SettingRow[] = [];
  const add = (label: SettingRow['label'], value: string | number | undefined) => {
    if (value !== undefined && value !== '') rows.push({ label, value: String(value) });
  };
  add('setting.model', stage.model?.name ?? stage.model?.hash);
  addSampling(stage, add);
  add('setting.upscaler', stage.upscaler);
  add('setting.upscaleBy', stage.upscale_by);
  if (stage.width !== undefined && stage.height !== undefined) {
    add('setting.size', `${stage.width} × ${stage.height}`);
  }
  add('setting.startStep', stage.start_step);
  add('setting.endStep', stage.end_step);
  return rows;
}

type Sampling = Pick<
  Generation,
  'sampler' | 'scheduler' | 'steps' | 'cfg_scale' | 'guidance' | 'seed' | 'denoise'
>;

function addSampling(
  sampling: Sampling,
  add: (label: SettingRow['label'], value: string | number | undefined, query?: string) => void,
): void {
  const { sampler, seed } = sampling;
  add('setting.sampler', sampler, sampler === undefined ? undefined : exactTerm('sampler', sampler));
  add('setting.scheduler', sampling.scheduler);
  add('setting.steps', sampling.steps);
  add('setting.cfgScale', sampling.cfg_scale);
  add('setting.guidance', sampling.guidance);
  add('setting.seed', seed, seed === undefined || !/^\d{1,15}$/.test(seed) ? undefined : `seed=${seed}`);
  add('setting.denoise', sampling.denoise);
}

function withNumber(name: string, number: number | undefined): string {
  return number === undefined ? name : `${name} (${number})`;
}
