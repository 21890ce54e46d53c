import { resolve } from 'node:path';
import type {
  AutoTagOutcome,
  AutoTagRule,
  CallOptions,
  ScopeOptions,
  StoredEmbedding,
} from '@iib-kit/catalog';
import { exportAnnotationLines, importAnnotationLines } from './annotation-lines.ts';
import { checkCount, inputChecks } from './check-inputs.ts';
import type { IndexThreads } from './index-threads.ts';
import { methodTable, type TableMethod } from './method-table.ts';
import { scopedMethods } from './scoped-methods.ts';
import { searchMethods } from './search-methods.ts';
import type { SqliteIndex } from './sqlite-index.ts';

const rowsAtOnce = 1000;

async function applyRules(
  { writer }: IndexThreads,
  rules: readonly AutoTagRule[],
  { inside, ...options }: ScopeOptions = {},
): Promise<AutoTagOutcome> {
  await writer('setAutoTagRules', [rules], options);
  const timedOut = new Set<string>();
  let tagged = 0;
  let untagged = 0;
  const applyPart = (from: number) =>
    writer('applyRulesAfter', [{ after: from, count: rowsAtOnce, inside }], options);
  let after: number | undefined = 0;
  // A part at a time, so that other writing comes in between.
  while (after !== undefined) {
    const part: Awaited<ReturnType<typeof applyPart>> = await applyPart(after);
    tagged += part.tagged;
    untagged += part.untagged;
    for (const expression of part.timedOut) timedOut.add(expression);
    after = part.last;
  }
  return { tagged, untagged, timedOut: [...timedOut] };
}

async function* storedEmbeddings(
  { slowQueries }: IndexThreads,
  model: string,
  { signal, folders }: CallOptions & { folders?: readonly string[] },
): AsyncGenerator<StoredEmbedding> {
  const input = { model, count: rowsAtOnce, ...(folders && { folders }) };
  const readPage = (from: number) =>
    slowQueries('embeddingsOf', [{ ...input, after: from }], signal && { signal });
  let after: number | undefined = 0;
  while (after !== undefined) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(after);
    yield* page.items;
    after = page.last;
  }
}

type Check = (...inputs: readonly unknown[]) => void;
type AskAnything = (
  method: string,
  inputs: readonly unknown[],
  options: CallOptions | undefined,
) => Promise<unknown>;

function tableMethods(threads: IndexThreads): Pick<SqliteIndex, TableMethod> {
  const checks: Readonly<Record<string, Check | undefined>> = inputChecks as Record<string, Check>;
  const methods = Object.entries(methodTable).map(([name, [pool, inputCount]]) => {
    const ask = threads[pool] as AskAnything;
    return [
      name,
      async (...args: readonly unknown[]) => {
        const inputs = args.slice(0, inputCount);
        checks[name]?.(...inputs);
        return ask(name, inputs, args[inputCount] as CallOptions | undefined);
      },
    ];
  });
  // The types of the table and of the threads' side (`AnswersOf`) hold each entry to the method that it stands for.
  return Object.fromEntries(methods) as Pick<SqliteIndex, TableMethod>;
}

/** A slice at a time, so that other writing comes in between. */
async function optimize({ writer }: IndexThreads, options?: CallOptions): Promise<void> {
  let next: number | undefined = 0;
  while (next !== undefined) next = await writer('optimizeFrom', [next], options);
}

/** The public face of an index over its threads. */
export function createImageIndex(threads: IndexThreads, regexpTimeoutMs: number): SqliteIndex {
  const absolute = (roots: readonly string[]): string[] => roots.map((root) => resolve(root));
  return {
    ...tableMethods(threads),
    ...searchMethods(threads, regexpTimeoutMs),
    update: (roots, options) => threads.update(absolute(roots), options),
    readPaths: (paths, { roots, ...options }) =>
      threads.readPaths(absolute(paths), { ...options, roots: absolute(roots) }),
    watch: (roots, options) => threads.watch(absolute(roots), options),
    subscribe: (listener) => threads.subscribe(listener),
    ...scopedMethods(threads),
    async cachedClusters(key, options) {
      const cached = await threads.readers('cachedClusters', [key], options);
      // Nobody waits for it, and where it cannot be written the clustering is there all the same.
      if (cached !== undefined) threads.writer('noteClustersUse', [key]).catch(() => {});
      return cached;
    },
    setAutoTagRules: (rules, options) => applyRules(threads, rules, options),
    exportAnnotations: ({ signal } = {}) => exportAnnotationLines(threads, signal),
    importAnnotations: (lines, options = {}) => importAnnotationLines(threads, lines, options),
    embeddings: (model, options = {}) => storedEmbeddings(threads, model, options),
    async backUp({ kept, ...options } = {}) {
      if (kept !== undefined) checkCount('kept', kept);
      return threads.writer('backUp', [kept], options);
    },
    optimize: (options) => optimize(threads, options),
    ping: () => threads.ping(),
    close: () => threads.close(),
  };
}
