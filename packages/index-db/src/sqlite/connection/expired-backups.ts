/** What decides which backups go. */
export interface KnownBackup {
  readonly path: string;
  readonly madeAt: Date;
  /** How many images, and how many marks of their owner, it holds; undefined where it cannot be read. */
  readonly contents: { readonly images: number; readonly marks: number } | undefined;
}

/** A database with less than this share of what an earlier one had was emptied or begun anew, or lost a drive. */
const shrunkenShare = 0.5;

/**
 * Which backups go so that `kept` stay, of a list in the order in which they were made. The last stays always, whatever
 * its date. Of one day all but the newest go first, so that many of one day do not use up those of the days before. Where
 * the last holds far less than another, only such as hold as little go: of the others, those of the full database, `kept`
 * stay too.
 */
export function expiredBackups<Backup extends KnownBackup>(
  backups: readonly Backup[],
  kept: number,
): Backup[] {
  const shrunken = backups.filter((backup) => isShrunken(backup, backups));
  const last = backups.at(-1);
  const isLastShrunken = last !== undefined && shrunken.includes(last);
  if (!isLastShrunken) return expiredOf(backups, kept);
  const full = backups.filter((backup) => !shrunken.includes(backup));
  return [...expiredOf(shrunken, kept), ...expiredOf(full, kept)];
}

function isShrunken({ contents }: KnownBackup, backups: readonly KnownBackup[]): boolean {
  const most = (of: 'images' | 'marks') =>
    Math.max(0, ...backups.map((backup) => backup.contents?.[of] ?? 0));
  // One that cannot be read must not push out those that can.
  if (contents === undefined) return most('images') > 0;
  return contents.images < most('images') * shrunkenShare || contents.marks < most('marks') * shrunkenShare;
}

function expiredOf<Backup extends KnownBackup>(backups: readonly Backup[], kept: number): Backup[] {
  const rest = [...backups];
  const expired: Backup[] = [];
  while (rest.length > Math.max(1, kept)) {
    const twin = rest.findIndex(
      (backup, index) => index < rest.length - 1 && hasLaterOfDay(backup, rest.slice(index + 1)),
    );
    expired.push(...rest.splice(Math.max(0, twin), 1));
  }
  return expired;
}

function hasLaterOfDay({ madeAt }: KnownBackup, later: readonly KnownBackup[]): boolean {
  return later.some((backup) => dayOf(backup.madeAt) === dayOf(madeAt));
}

const dayOf = (date: Date) => Math.floor(date.getTime() / 86_400_000);
