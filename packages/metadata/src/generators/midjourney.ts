import type { Generation } from '../image-metadata.ts';
import { jsonDigits } from '../json/json-value.ts';
import { definedOnly } from './defined-only.ts';
import type { Generator } from './generator.ts';

const job = /Job ID:\s*([\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})\s*$/i;
const option = /(?:^|\s)(?:--|—)([a-z][a-z\d]*)(?:[ =]((?:(?!(?:\s|^)(?:--|—)[a-z]).)*))?/gis;

/** Midjourney: the prompt with its options and the job, as description. */
export const midjourney: Generator = {
  id: 'midjourney',
  parse({ embedded }) {
    for (const { text } of embedded) {
      const id = job.exec(text)?.[1];
      if (id === undefined || text.length > 100_000) continue;
      const created = embedded.find(({ key }) => key === 'Creation Time')?.text;
      const author = embedded.find(({ key }) => key === 'Author')?.text;
      const described = describeImage(text.replace(job, ''), {
        'Job ID': id,
        ...(author !== undefined && { Author: author }),
      });
      return [{ generator: 'midjourney', generation: definedOnly({ ...described, date: created }) }];
    }
    return [];
  },
};

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
