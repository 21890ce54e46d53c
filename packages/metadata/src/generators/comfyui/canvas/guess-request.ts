import type { JsonValue } from '../../../json/json-value.ts';
import { isSeedControl } from './align-widgets.ts';
import type { WorkflowNode } from './workflow-scope.ts';

const file = /\.[a-z]{2,12}$/i;
const isResult = /^(?:result url|task id|status|https?:\/\/|blob:|data:)/i;
/** Families of models that services offer, as their nodes write them: `kling-v2-master`, `Veo 3.1`. */
const family =
  /^(?:seedance|seedream|seededit|kling|veo|gemini|imagen|nano[ -]?banana|gpt|dall-e|sora|chatgpt|ray|photon|luma|flux|hailuo|minimax|[ti]2v-|s2v-|vidu|wan|happyhorse|pixverse|recraft|ideogram|runway|gen[34]|act_two|stable[- ]|sd3|grok|ltx|moonvalley|marey|hunyuan|tripo|meshy|rodin|bria|reve|qwen|topaz|eleven|sonilo|quiver|lyria|speech-|music-|v\d+(?:\.\d+)?-\d{8}$|wavespeed|magnific|hitpaw)(?=[-_ .\dvq(]|$)[\w .()/+-]*$/i;
/** What only nodes of services ask for. */
const option = /^(?:\d{1,2}:\d{1,2}|\d{3,4}p|\d{1,2}k|\d{1,3}s|\d{3,4}\s*[x*:]\s*\d{3,4}(?:\s.*)?)$/i;

const isRatio = /^\d+:\d+$/;

/** Options are single words; what somebody wrote has more of them. */
export function isWritten(value: string): boolean {
  const text = value.trim();
  return text.split(/\s+/).length >= 3 && !file.test(text) && !isResult.test(text) && !family.test(text);
}

/**
 * What a node sends to a service: the first long text is the prompt, as every such node has it, if a seed,
 * a model or a format stands beside it. A text that may be another's, because the prompt is wired or empty,
 * is left out.
 */
export function guessRequest(
  node: WorkflowNode,
  values: readonly JsonValue[],
): ReadonlyMap<string, JsonValue> {
  const texts = values.filter((value): value is string => typeof value === 'string');
  const models = texts.filter((value) => family.test(value) && value.length < 60);
  const seed = seedAmong(values);
  const isRequest = seed !== undefined || models.length > 0 || texts.some((value) => option.test(value));
  const at = texts.findIndex(isWritten);
  const prompt = texts[at];
  const found = new Map<string, JsonValue>();
  if (!isRequest || prompt === undefined) return found;
  if (!texts.slice(0, at).includes('') && !hasWiredText(node)) found.set('prompt', prompt);
  if (seed !== undefined) found.set('seed', seed);
  const [model] = models;
  if (models.length === 1 && model !== undefined) found.set('model', model);
  const format = texts.find((value) => option.test(value));
  if (format !== undefined) found.set(isRatio.test(format) ? 'aspect_ratio' : 'resolution', format);
  return found;
}

/** The number in front of the control. */
function seedAmong(values: readonly JsonValue[]): JsonValue | undefined {
  const control = values.findIndex((value, index) => index > 0 && isSeedControl(value));
  const seed = values[control - 1];
  return typeof seed === 'number' || typeof seed === 'bigint' ? seed : undefined;
}

function hasWiredText({ inputs }: WorkflowNode): boolean {
  return inputs.some(({ name, type, link }) => link !== undefined && type === 'STRING' && !/neg/i.test(name));
}
