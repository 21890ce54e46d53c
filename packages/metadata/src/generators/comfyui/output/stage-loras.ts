import type { LoraReference } from '../../../image-metadata.ts';
import type { DescribedStage } from './describe-stages.ts';
import { lorasInText } from '../node-kinds/loras-in-text.ts';
import type { AppliedLora } from '../node-kinds/node-kind.ts';

/** LoRAs that took part in any of the stages, each once. */
export function activeLoras(stages: readonly DescribedStage[]): readonly LoraReference[] {
  const loras = new Map<string, LoraReference>();
  for (const lora of stages.flatMap(({ traced }) => allLoras(traced))) {
    if (lora.active === false) continue;
    const { active: _active, ...reference } = lora;
    if (!loras.has(reference.name)) loras.set(reference.name, reference);
  }
  return [...loras.values()];
}

/** LoRAs of a stage, those included that are switched off. */
export function allLoras({ model, positive }: DescribedStage['traced']): readonly AppliedLora[] {
  return [...model.loras, ...positive.appliesLorasOf.flatMap(lorasInText)];
}
