import type { EmbeddingReference, LoraReference, ModelReference } from '../../image-metadata.ts';
import { jsonArray, jsonNumber, jsonObject, jsonText, type JsonObject } from '../../json/json-value.ts';
import { parseTolerantJson } from '../../json/parse-tolerant-json.ts';
import { definedOnly } from '../fields/defined-only.ts';
import { modelReference } from '../fields/model-reference.ts';

/** What `Civitai resources` lists by name. Those that have an id alone stay in that text. */
export interface CivitaiResources {
  readonly model: ModelReference | undefined;
  readonly loras: readonly LoraReference[];
  readonly embeddings: readonly EmbeddingReference[];
  readonly vae: string | undefined;
}

const none: CivitaiResources = { model: undefined, loras: [], embeddings: [], vae: undefined };
/** Resources of one picture; a list that is longer was not written by a generator. */
const maximumResources = 500;

const kinds: readonly (readonly [kind: 'model' | 'lora' | 'embedding' | 'vae', types: RegExp])[] = [
  ['model', /^(?:checkpoint|model|unet|diffusion_?model)s?$/],
  ['lora', /^(?:lora|locon|loha|lokr|lyco|lycoris|dora)s?$/],
  ['embedding', /^(?:embed(?:ding)?|textualinversion|ti)s?$/],
  ['vae', /^vae$/],
];

/** Reads the JSON of the setting; resources of other kinds (upscalers, ControlNet) are passed over. */
export function readCivitaiResources(text: string | undefined): CivitaiResources {
  const list = text === undefined ? [] : jsonArray(parseTolerantJson(text)).slice(0, maximumResources);
  if (list.length === 0) return none;
  const resources = list.flatMap((item) => namedResource(jsonObject(item)));
  const of = (kind: string) => resources.filter((resource) => resource.kind === kind);
  const [model] = of('model');
  return {
    model: model && modelReference(model.name, model.hash),
    loras: of('lora').map(({ name, weight, hash }) => ({ name, ...definedOnly({ weight, hash }) })),
    embeddings: of('embedding').map(({ name, hash }) => ({ name, ...definedOnly({ hash }) })),
    vae: of('vae')[0]?.name,
  };
}

interface NamedResource {
  readonly kind: string;
  readonly name: string;
  readonly weight: number | undefined;
  readonly hash: string | undefined;
}

function namedResource(resource: JsonObject | undefined): readonly NamedResource[] {
  const type = typeOf(resource);
  const kind = kinds.find(([, types]) => types.test(type))?.[0];
  const name =
    jsonText(resource?.['modelName']) ?? jsonText(resource?.['name']) ?? jsonText(resource?.['air']);
  if (kind === undefined || name === undefined) return [];
  const weight = jsonNumber(resource?.['weight'] ?? resource?.['strength']);
  return [{ kind, name, weight, hash: jsonText(resource?.['hash'])?.toLowerCase() }];
}

/** A word, or a record as .NET prints it: `ImageJobNetworkParams { Strength = 0.4, Type = lora }`. */
function typeOf(resource: JsonObject | undefined): string {
  const written = (jsonText(resource?.['type']) ?? '').slice(0, 500);
  return (/\bType = (\w+)/.exec(written)?.[1] ?? written).trim().toLowerCase();
}
