import type { Sqlite } from '../connection/sqlite.ts';

/** What clusterings name of their images, ours and those of IIB alike. */
interface Clustering {
  readonly clusters: readonly { readonly paths: readonly string[]; readonly size?: unknown }[];
  readonly noise: readonly string[];
  readonly count?: unknown;
}

/** The paths of the images that a clustering names; none for anything else, such as a tag graph. */
export function imagesOfClustering(result: unknown): readonly string[] {
  if (!isClustering(result)) return [];
  return [...result.clusters.flatMap(({ paths }) => paths), ...result.noise];
}

/** A clustering without some of its images. A cluster that has none left stays, for a tag graph that names it. */
export function withoutImages(result: unknown, gone: ReadonlySet<string>): unknown {
  if (gone.size === 0 || !isClustering(result)) return result;
  const isThere = (path: string): boolean => !gone.has(path);
  const clusters = result.clusters.map((cluster) => {
    const paths = cluster.paths.filter(isThere);
    return { ...cluster, paths, size: paths.length };
  });
  const noise = result.noise.filter(isThere);
  if (typeof result.count !== 'number') return { ...result, clusters, noise };
  const count = clusters.reduce((sum, { size }) => sum + size, noise.length);
  return { ...result, clusters, noise, count };
}

/** Those of these paths that no image has. A drive that is away keeps its images. */
export function goneImages(db: Sqlite, paths: readonly string[]): Set<string> {
  const gone = db
    .prepare<[string], string>(
      'SELECT p.value FROM json_each(?) p WHERE NOT EXISTS (SELECT 1 FROM image WHERE path = p.value)',
    )
    .pluck();
  return new Set(gone.all(JSON.stringify(paths)));
}

function isClustering(result: unknown): result is Clustering {
  if (typeof result !== 'object' || result === null) return false;
  if (!('clusters' in result && 'noise' in result)) return false;
  const { clusters, noise } = result;
  return Array.isArray(clusters) && clusters.every(hasPaths) && areTexts(noise);
}

const hasPaths = (cluster: unknown): boolean =>
  typeof cluster === 'object' && cluster !== null && 'paths' in cluster && areTexts(cluster.paths);

const areTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
