import { jsonDigits, jsonNumber, jsonObject, jsonText, type JsonObject } from '../json/json-value.ts';
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
 * Stability Matrix: `parameters-json` in PNG, the same record in the ImageDescription of WebP. It is
 * nearer to what was typed than the graph beside it, from which comments were taken out.
 */
export const stabilityMatrix: Generator = {
  id: 'stability-matrix',
  readsJsonOnly: true,
  parse({ embedded }) {
    const records = embeddedObjects(embedded).filter(({ object }) => isRecord(object));
    if (records.length === 0) return [];
    const project = embedded.find(({ key }) => key === 'smproj' || key === 'Software');
    const version = project === undefined ? undefined : projectVersion(jsonObject(embeddedJson(project)));
    return records.map(({ object }) => ({
      generator: 'stability-matrix',
      generation: describeImage(object, version),
    }));
  },
};

function isRecord(object: JsonObject): boolean {
  return typeof object['PositivePrompt'] === 'string' && ('CfgScale' in object || 'ModelName' in object);
}

/** Version of the form of the project file, which is all that is recorded. */
function projectVersion(project: JsonObject | undefined): string | undefined {
  const version = jsonNumber(project?.['version']);
  return version === undefined || project?.['projectType'] === undefined ? undefined : String(version);
}

function describeImage(object: JsonObject, projectFileVersion: string | undefined) {
  const name = jsonText(object['ModelName']);
  const hash = jsonText(object['ModelHash'])?.toLowerCase();
  return definedOnly({
    prompt: promptText(object['PositivePrompt']),
    negativePrompt: promptText(object['NegativePrompt']),
    seed: jsonDigits(object['Seed']),
    steps: jsonNumber(object['Steps']),
    cfgScale: jsonNumber(object['CfgScale']),
    sampler: jsonText(object['Sampler']),
    scheduler: jsonText(object['Scheduler']),
    width: jsonNumber(object['Width']),
    height: jsonNumber(object['Height']),
    model: modelReference(name, hash),
    parameters: otherSettings({ ...object, 'Project file version': projectFileVersion }, taken),
  });
}
