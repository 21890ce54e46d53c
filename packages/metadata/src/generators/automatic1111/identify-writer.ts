import type { GeneratorId } from '../../image-metadata.ts';
import { generatorOfSourceIdentifier } from './source-identifier.ts';
import type { Settings } from './settings.ts';

/** `Version` by writer, first match; keys that only end in "version" are other programs' own. */
const versions: readonly (readonly [RegExp, GeneratorId])[] = [
  [/^stable-diffusion\.cpp/i, 'stable-diffusion-cpp'],
  [/^ComfyUI/i, 'comfyui'],
  [/^Fooocus/i, 'fooocus'],
  [/^neo\b/i, 'forge-neo'],
  [/^classic\b/i, 'forge-classic'],
  [/^f1\.\d+(?:\.\d+)?-v/i, 'easy-reforge'],
  [/^f1[\d.]*v/i, 'reforge'],
  [/^f[02]/i, 'forge'],
  [/^v?1\./i, 'automatic1111'],
];

/** Which program of the A1111 family wrote these settings. */
export function identifyWriter(settings: Settings): GeneratorId {
  const named = generatorOfSourceIdentifier(settings.get('Source Identifier'));
  if (named !== undefined) return named;
  if (/sd\.?next/i.test(settings.get('App') ?? '')) return 'sdnext';
  const version = settings.get('Version') ?? '';
  const byVersion = versions.find(([pattern]) => pattern.test(version))?.[1];
  if (byVersion !== undefined) return byVersion;
  if (settings.has('SDCPP')) return 'stable-diffusion-cpp';
  if (settings.has('Civitai resources', 'Civitai metadata')) return 'civitai';
  if (/^[\da-f]{7,}$/i.test(version) && settings.has('Operations', 'Pipeline', 'Backend', 'Parser')) {
    return 'sdnext';
  }
  // Krita AI Diffusion says so of every model, and writes no version.
  if (version === '' && settings.get('Model hash') === 'unknown') return 'krita-ai';
  return 'automatic1111';
}
