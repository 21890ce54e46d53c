import type { GeneratorId, KnownGeneratorId } from '../../image-metadata.ts';

/** How IIB's `Source Identifier` calls each generator; people search and filter by these names. */
export const sourceIdentifiers: Readonly<Record<KnownGeneratorId, string>> = {
  swarmui: 'SwarmUI',
  invokeai: 'InvokeAI',
  novelai: 'NovelAI',
  'stability-matrix': 'Stability Matrix',
  tensorart: 'TensorArt',
  'easy-diffusion': 'Easy Diffusion',
  fooocus: 'Fooocus',
  'fooocus-mre': 'Fooocus-MRE',
  'ruined-fooocus': 'RuinedFooocus',
  wan2gp: 'Wan2GP',
  'hf-space': 'Hugging Face Space',
  automatic1111: 'Stable Diffusion web UI',
  forge: 'Stable Diffusion web UI Forge',
  'forge-classic': 'Stable Diffusion web UI Forge Classic',
  'forge-neo': 'Stable Diffusion web UI Forge Neo',
  reforge: 'Stable Diffusion web UI reForge',
  'easy-reforge': 'Stable Diffusion web UI EasyReforge',
  sdnext: 'SD.Next',
  'stable-diffusion-cpp': 'stable-diffusion.cpp',
  civitai: 'Civitai',
  comfyui: 'ComfyUI',
  'draw-things': 'Draw Things',
  'mochi-diffusion': 'Mochi Diffusion',
  'krita-ai': 'Krita AI Diffusion',
  sygil: 'Sygil WebUI',
  midjourney: 'Midjourney',
  openai: 'OpenAI',
  google: 'Google',
  'adobe-firefly': 'Adobe Firefly',
  'black-forest-labs': 'Black Forest Labs',
  microsoft: 'Microsoft',
  'stability-ai': 'Stability AI',
  canva: 'Canva',
  samsung: 'Samsung',
  bytedance: 'ByteDance',
  xai: 'xAI',
  ideogram: 'Ideogram',
  reve: 'Reve',
  luma: 'Luma',
  custom: 'Custom',
};

const names: ReadonlyMap<string, string> = new Map(Object.entries(sourceIdentifiers));

/** The name of a generator, of one that is not known its label or its id. */
export function sourceIdentifier(generator: GeneratorId, label?: string): string {
  return names.get(generator) ?? label ?? generator;
}

const ids: ReadonlyMap<string, KnownGeneratorId> = new Map(
  Object.entries(sourceIdentifiers).map(([id, name]) => [name.toLowerCase(), id as KnownGeneratorId]),
);

export function generatorOfSourceIdentifier(name: string | undefined): KnownGeneratorId | undefined {
  return name === undefined ? undefined : ids.get(name.trim().toLowerCase());
}
