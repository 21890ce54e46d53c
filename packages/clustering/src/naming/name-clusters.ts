import { createHash } from 'node:crypto';
import { ClusteringError } from '../clustering-error.ts';
import type { ClusterName, Namer } from './cluster-name.ts';
import { distinguishingTerms } from './distinguishing-terms.ts';
import { localNames } from './local-name.ts';

// Changes with every change to what a namer is asked.
const version = 1;
const samplesPerCluster = 12;
const knownKeywordsAsked = 100;

/** Where names that a model gave are kept; any map will do. */
export interface NameCache {
  get(key: string): ClusterName | undefined | Promise<ClusterName | undefined>;
  set(key: string, name: ClusterName): unknown;
}

export interface NameOptions {
  /** Asked for each cluster. Default: none, clusters are named by the terms that set them apart. */
  readonly namer?: Namer;
  /** The language of the model's names, a BCP 47 tag. Local names are in the language of the prompts. Default `en`. */
  readonly lang?: string;
  /** Keywords in use already, offered to the model again. */
  readonly knownKeywords?: readonly string[];
  /** Keeps the model's names by content, model and language. */
  readonly cache?: NameCache;
  /** Asks the model also where the cache has a name. Default false. */
  readonly force?: boolean;
  /** How many keywords at most. Default 8. */
  readonly keywords?: number;
  /** How many clusters the model is asked about at once. Default 4. */
  readonly concurrency?: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** A name and where it is from; `error` says why it is not the model's although there is one. */
export interface NamedCluster extends ClusterName {
  readonly source: 'model' | 'cache' | 'local';
  readonly error?: ClusteringError;
}

/**
 * Names clusters, given as indexes into prepared texts, by the model or by the terms that set them apart. Where the
 * model fails the local name stands in; where it refuses altogether (a wrong key) it is not asked again.
 */
export async function nameClusters(
  texts: readonly string[],
  clusters: readonly { readonly members: readonly number[] }[],
  options: NameOptions = {},
): Promise<NamedCluster[]> {
  const { namer, keywords = 8, concurrency = 4, signal, onProgress } = options;
  for (const [option, value] of Object.entries({ keywords, concurrency })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`${option} must be a whole number from 1 up, not ${value}`);
  }
  signal?.throwIfAborted();
  const members = clusters.map((cluster) => cluster.members);
  const terms = await distinguishingTerms(texts, members, { count: keywords, ...(signal && { signal }) });
  const names: NamedCluster[] = localNames(terms).map((name) => ({ ...name, source: 'local' }));
  if (namer === undefined) return names;

  const asking = new Asking(namer, options);
  let next = 0;
  let done = 0;
  const worker = async () => {
    while (next < members.length) {
      const index = next++;
      const some = (members[index] ?? []).map((member) => texts[member] ?? '');
      const name = await asking.name(some, terms[index] ?? []);
      const local = names[index];
      if (local) names[index] = 'title' in name ? completed(name, local, keywords) : { ...local, ...name };
      onProgress?.(++done, members.length);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return names;
}

/** Of a model that gave a title alone, the keywords are those of the local name. */
function completed(name: NamedCluster, local: NamedCluster, most: number): NamedCluster {
  const keywords = name.keywords.length === 0 ? local.keywords : name.keywords;
  return { ...name, keywords: keywords.slice(0, most) };
}

/** What naming the clusters of one call shares: keywords found so far, and the refusal that ends the asking. */
class Asking {
  readonly #namer: Namer;
  readonly #options: NameOptions;
  readonly #known: Set<string>;
  #refusal: ClusteringError | undefined;

  constructor(namer: Namer, options: NameOptions) {
    this.#namer = namer;
    this.#options = options;
    this.#known = new Set(options.knownKeywords);
  }

  async name(
    texts: readonly string[],
    terms: readonly string[],
  ): Promise<NamedCluster | { error: ClusteringError }> {
    const { cache, force = false, lang = 'en', signal } = this.#options;
    const key = nameKey(texts, this.#namer.model, lang);
    const kept = force ? undefined : await cache?.get(key);
    if (kept) return this.#remember({ ...kept, source: 'cache' });
    if (this.#refusal) return { error: this.#refusal };
    try {
      const name = await this.#namer.name(
        {
          samples: spread(texts, samplesPerCluster),
          terms,
          lang,
          knownKeywords: [...this.#known].slice(-knownKeywordsAsked),
        },
        signal ? { signal } : {},
      );
      await cache?.set(key, { title: name.title, keywords: name.keywords });
      return this.#remember({ title: name.title, keywords: name.keywords, source: 'model' });
    } catch (cause) {
      signal?.throwIfAborted();
      if (!(cause instanceof ClusteringError)) throw cause;
      if (endsAsking.has(cause.code)) this.#refusal = cause;
      return { error: cause };
    }
  }

  #remember(name: NamedCluster): NamedCluster {
    for (const keyword of name.keywords) this.#known.add(keyword);
    return name;
  }
}

const endsAsking: ReadonlySet<ClusteringError['code']> = new Set([
  'unauthorized',
  'quota-exceeded',
  'unknown-model',
]);

/** The key of a cluster's name: what its texts are, in any order, who names it and in which language. */
export function nameKey(texts: readonly string[], model: string, lang: string): string {
  const hash = createHash('sha256').update(JSON.stringify([version, model, lang]));
  for (const text of [...texts].sort()) hash.update('\0').update(text);
  return hash.digest('hex');
}

/** Different texts from the most typical to the least, so that the model sees what varies too. */
function spread(texts: readonly string[], count: number): string[] {
  const distinct = [...new Set(texts)];
  if (distinct.length <= count) return distinct;
  return Array.from(
    { length: count },
    (_, index) => distinct[Math.floor((index * distinct.length) / count)] ?? '',
  );
}
