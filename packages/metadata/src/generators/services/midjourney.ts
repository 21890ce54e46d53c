import type { EmbeddedText, Generation } from '../../image-metadata.ts';
import { jsonDigits } from '../../json/json-value.ts';
import { definedOnly } from '../fields/defined-only.ts';
import type { Generator } from '../generator.ts';

const job = /Job ID:\s*([\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})\s*$/i;
const option = /(?:^|\s)(?:--|—)([a-z][a-z\d]*)(?:[ =]((?:(?!(?:\s|^)(?:--|—)[a-z]).)*))?/gis;

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
const ownOption =
  /(?:^|\s)(?:--|—)(?:v|version|niji|ar|aspect|s|stylize|chaos|style|sref|cref|weird|raw)(?:\s|$)/i;

/** Longest description that is looked at. */
const maximumLength = 100_000;

/** Midjourney: the prompt with its options and the job as description; the job also in XMP. */
export const midjourney: Generator = {
  id: 'midjourney',
  parse({ embedded }) {
    const found = withJob(embedded) ?? withGuid(embedded);
    if (found === undefined) return [];
    const created = embedded.find(({ key }) => key === 'Creation Time')?.text;
    const author = embedded.find(({ key }) => key === 'Author')?.text;
    const described = describeImage(found.text, {
      'Job ID': found.job,
      ...(author !== undefined && { Author: author }),
    });
    return [{ generator: 'midjourney', generation: definedOnly({ ...described, date: created }) }];
  },
};

interface FoundPrompt {
  readonly text: string;
  readonly job: string;
}

function withJob(embedded: readonly EmbeddedText[]): FoundPrompt | undefined {
  for (const { text } of embedded) {
    const id = text.length > maximumLength ? undefined : job.exec(text)?.[1];
    if (id !== undefined) return { text: text.replace(job, ''), job: id };
  }
  return undefined;
}

/** Others number their pictures in XMP too: the description must have options of Midjourney. */
function withGuid(embedded: readonly EmbeddedText[]): FoundPrompt | undefined {
  const guid = embedded.find(({ key, text }) => key === 'DigImageGUID' && uuid.test(text.trim()))?.text;
  const described = embedded.find(
    ({ key, text }) => /^description$/i.test(key) && text.length <= maximumLength && ownOption.test(text),
  );
  return guid === undefined || described === undefined
    ? undefined
    : { text: described.text, job: guid.trim() };
}

function describeImage(text: string, record: Readonly<Record<string, string>>): Generation {
  const start = text.search(/(?:^|\s)(?:--|—)[a-z]/i);
  const prompt = (start < 0 ? text : text.slice(0, start)).trim();
  const options = new Map<string, string>();
  for (const [, name = '', value = ''] of start < 0 ? [] : text.slice(start).matchAll(option)) {
    options.set(name.toLowerCase(), value.trim());
  }
  const { seed, no } = Object.fromEntries(options) as Readonly<Record<string, string | undefined>>;
  const version = options.get('v') ?? options.get('version');
  const anime = options.get('niji');
  const others = [...options].filter(([name]) => name !== 'seed' && name !== 'no');
  return definedOnly({
    prompt,
    negativePrompt: no,
    seed: jsonDigits(seed),
    model: modelOf(version, anime),
    parameters: { ...record, ...Object.fromEntries(others) },
  });
}

function modelOf(version: string | undefined, anime: string | undefined) {
  if (anime !== undefined) return { name: `Niji ${anime}`.trim() };
  return version === undefined ? undefined : { name: `Midjourney ${version}` };
}
