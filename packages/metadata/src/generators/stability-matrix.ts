import type { Generation } from '../image-metadata.ts';
import { jsonDigits, jsonNumber, jsonObject, jsonText, type JsonObject } from '../json/json-value.ts';
import { splitSampler } from './automatic1111/split-sampler.ts';
import { comfyui } from './comfyui/comfyui.ts';
import { definedOnly } from './fields/defined-only.ts';
import { modelReference } from './fields/model-reference.ts';
import { embeddedJson } from './embedded-json.ts';
import { embeddedObjects } from './embedded-objects.ts';
import type { Generator } from './generator.ts';
import { otherSettings } from './fields/other-settings.ts';
import { promptText } from './fields/prompt-text.ts';

const taken: ReadonlySet<string> = new Set([
  'PositivePrompt',
  'NegativePrompt',
  'Seed',
  'Steps',
  'CfgScale',
  'Sampler',
  'Scheduler',
  'Width',
  'Height',
  'ModelName',
  'ModelHash',
]);

/**
 * Stability Matrix: `parameters-json` in PNG, the same record in the ImageDescription of WebP. Its prompts are nearer to
 * what was typed than those of the graph beside it, from which comments were taken out; of the rest it is a summary, in
 * which the size is the final one and one name stands for sampler and scheduler.
 */
export const stabilityMatrix: Generator = {
  id: 'stability-matrix',
  readsJsonOnly: true,
  parse(input) {
    const { embedded } = input;
    const records = embeddedObjects(embedded).filter(({ object }) => isRecord(object));
    if (records.length === 0) return [];
    const project = embedded.find(({ key }) => key === 'smproj' || key === 'Software');
    const version = project === undefined ? undefined : projectVersion(jsonObject(embeddedJson(project)));
    const graph = comfyui.parse({ ...input, warn: () => undefined })[0]?.generation;
    return records.map(({ object }) => ({
      generator: 'stability-matrix',
      generation: withGraph(describeImage(object, version), graph),
    }));
  },
};

/** What the graph says of the same run in place of the summary. */
function withGraph(record: Generation, graph: Generation | undefined): Generation {
  if (graph?.seed === undefined || graph.seed !== record.seed) return record;
  const { prompt, negativePrompt, model, parameters } = record;
  const typed = definedOnly({ prompt, negativePrompt });
  return definedOnly({
    ...record,
    ...graph,
    ...typed,
    model: model === undefined ? graph.model : { ...model, ...graph.model },
    parameters: parameters && { ...graph.parameters, ...parameters },
  });
}

function isRecord(object: JsonObject): boolean {
  return typeof object['PositivePrompt'] === 'string' && ('CfgScale' in object || 'ModelName' in object);
}

/** Version of the form of the project file, which is all that is recorded. */
function projectVersion(project: JsonObject | undefined): string | undefined {
  const version = jsonNumber(project?.['version']);
  return version === undefined || project?.['projectType'] === undefined ? undefined : String(version);
}

function samplerOf(object: JsonObject): Pick<Generation, 'sampler' | 'scheduler'> {
  const sampler = jsonText(object['Sampler']);
  const scheduler = jsonText(object['Scheduler']);
  return sampler === undefined || scheduler !== undefined
    ? definedOnly({ sampler, scheduler })
    : splitSampler(sampler);
}

function describeImage(object: JsonObject, projectFileVersion: string | undefined): Generation {
  const name = jsonText(object['ModelName']);
  const hash = jsonText(object['ModelHash'])?.toLowerCase();
  return definedOnly({
    prompt: promptText(object['PositivePrompt']),
    negativePrompt: promptText(object['NegativePrompt']),
    seed: jsonDigits(object['Seed']),
    steps: jsonNumber(object['Steps']),
    cfgScale: jsonNumber(object['CfgScale']),
    ...samplerOf(object),
    width: jsonNumber(object['Width']),
    height: jsonNumber(object['Height']),
    model: modelReference(name, hash),
    parameters: otherSettings({ ...object, 'Project file version': projectFileVersion }, taken),
  });
}
