/** The parts of a service that hold something, as far as they were opened. */
export interface ServiceResources {
  backups?: { close(): void };
  streams?: { close(): void };
  housekeeping?: { close(): Promise<void> };
  watch?: { close(): Promise<void> };
  jobs?: { close(): Promise<void> };
  organizer?: { close(): Promise<void> };
  archives?: { close(): void };
  files?: { close(): Promise<void> };
  lister?: { close(): Promise<void> };
  thumbnails?: { close(): Promise<void> };
  index?: { close(): Promise<void> };
}

/**
 * Closes what was opened: what asks before what answers. One that fails leaves no other open; rejects with the first
 * failure in the end.
 */
export async function closeResources(parts: ServiceResources): Promise<void> {
  const steps: readonly (readonly (keyof ServiceResources)[])[] = [
    ['backups', 'streams'],
    ['housekeeping', 'watch'],
    ['jobs'],
    ['organizer'],
    ['archives', 'files', 'lister'],
    ['thumbnails', 'index'],
  ];
  const failures: unknown[] = [];
  for (const names of steps) {
    const closed = await Promise.allSettled(names.map(async (name) => parts[name]?.close()));
    failures.push(...closed.flatMap((result) => (result.status === 'rejected' ? [result.reason] : [])));
  }
  if (failures.length > 0) throw failures[0];
}
