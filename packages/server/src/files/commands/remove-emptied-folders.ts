import { removeEmptied } from '../plan/flatten.ts';
import type { CommandContext } from './command-context.ts';

export async function removeEmptiedFolders(
  untrusted: readonly string[],
  context: CommandContext,
): Promise<void> {
  const folders: string[] = [];
  for (const folder of untrusted) {
    const isAllowed = await context.access.checkSpelled(folder).then(
      () => true,
      () => false,
    );
    if (isAllowed) folders.push(folder);
  }
  const emptied = await removeEmptied(folders, await context.bounds());
  await context.index.tell(
    'forget',
    emptied.map((from) => [{ from, to: from }]),
  );
}
