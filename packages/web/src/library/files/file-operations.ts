import { useMutation, useQueryClient } from '@tanstack/solid-query';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

export type Transfer = 'move' | 'copy';

/** Moves or copies files into a folder. Files that fail stay, with a message for each; a taken name gets a number. */
export function useTransfer() {
  const client = useClient();
  return useMutation(() => ({
    mutationFn: ({ paths, folder, how }: { paths: readonly string[]; folder: string; how: Transfer }) =>
      client.fileSystem[how]({
        file_paths: [...paths],
        dest: folder,
        continue_on_error: true,
        on_conflict: 'rename',
      }),
  }));
}

/** Renames a file; fails with 409 if the name is taken. */
export function useRename() {
  const client = useClient();
  return useMutation(() => ({
    mutationFn: ({ path, name }: { path: string; name: string }) => client.fileSystem.rename({ path, name }),
  }));
}

/** Moves files to the trash. */
export function useTrash() {
  const client = useClient();
  return useMutation(() => ({
    mutationFn: async (paths: readonly string[]) =>
      (await client.fileSystem.remove({ file_paths: [...paths], trash: true })).trashed,
  }));
}

/** Restores files from the trash to where they were. */
export function useRestore() {
  const client = useClient();
  return useMutation(() => ({
    mutationFn: (ids: readonly string[]) =>
      client.fileSystem.restore({ ids: [...ids], continue_on_error: true, on_conflict: 'rename' }),
  }));
}

/** Shows a file in the file manager of the machine that the server runs on. */
export function useOpenFolder() {
  const client = useClient();
  return useMutation(() => ({ mutationFn: (path: string) => client.fileSystem.openFolder({ path }) }));
}

export function useMakeFolder() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: (path: string) => client.fileSystem.makeFolder({ dest_folder: path }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [queryKeys.folders] }),
  }));
}
