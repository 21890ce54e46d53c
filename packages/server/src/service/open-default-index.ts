import type { Backups, ImageIndex } from '@iib-kit/catalog';

/** An index, which may be one that can be copied. */
export type ServedIndex = ImageIndex & Partial<Backups>;

/** The SQLite engine, which nothing else in the server names; loaded where no other index is given. */
export async function openDefaultIndex(
  file: string,
  options: {
    readonly exclude: readonly string[];
    readonly regexpTimeoutMs?: number;
    readonly orphanedAnnotationsDays?: number;
  },
): Promise<ServedIndex> {
  const { openIndex } = await import('@iib-kit/index-db');
  return openIndex({ path: file, ...options });
}
