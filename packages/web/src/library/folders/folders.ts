import type { FileInfo } from '@iib-kit/client/browser';
import { replaceEqualDeep, useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import { createMemo, type Accessor } from 'solid-js';

import { language } from '../../i18n/language.ts';
import { useClient } from '../connection/client.ts';
import { useBasicInfo } from '../info/basic-info.ts';
import { queryKeys } from '../connection/query-keys.ts';
import { useServerSettings } from '../info/server-settings.ts';
import { isWithin, nameOf } from '../files/path-parts.ts';

/** How many pictures stand for a folder. */
const COVERS = 4;

/** A folder that people gave to the library, or the server at its start. */
export interface LibraryFolder {
  readonly path: string;
  readonly name: string;
  /** Not there now, such as one on a disk that is not plugged in. */
  readonly isUnavailable: boolean;
  /** Given at the start of the server, which alone can take it away. */
  readonly isFixed: boolean;
  /** Only looked through, not searched. */
  readonly isWalked: boolean;
}

/** The folders of the library, and how the asking for them went. */
export function useLibrary() {
  const setting = useServerSettings();
  const info = useBasicInfo();
  const folders = createMemo((before: readonly LibraryFolder[] | undefined): readonly LibraryFolder[] => {
    const unavailable = new Set(info.isSuccess ? info.data.unavailable : []);
    const now = (setting.isSuccess ? setting.data.extra_paths : []).map(({ path, alias, types }) => ({
      path,
      name: alias === '' ? nameOf(path) : alias,
      isUnavailable: unavailable.has(path),
      isFixed: types.includes('cli_access_only'),
      isWalked: types.every((type) => type === 'walk'),
    }));
    // Counts change all the time while one indexes: what shows the folders is not drawn anew for that.
    return replaceEqualDeep(before, now);
  });
  const folderNamed = (path: string) => folders().find((folder) => folder.path === path);
  /** The folder of the library that a path lies in; the innermost of several. */
  const rootOf = (path: string) =>
    folders()
      .filter((folder) => isWithin(path, folder.path))
      .sort((a, b) => b.path.length - a.path.length)[0];
  return { setting, folders, folderNamed, rootOf };
}

/** The folders in a folder, in the user's order. */
export function useSubfolders(path: Accessor<string>, isWanted: Accessor<boolean> = () => true) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.folders, 'in', path()],
    queryFn: async ({ signal }): Promise<readonly FileInfo[]> => {
      const { files } = await client.fileSystem.list({ folder_path: path() }, { signal });
      return files.filter(({ type }) => type === 'dir');
    },
    select: (folders) => {
      const order = new Intl.Collator(language(), { numeric: true });
      return [...folders].sort((a, b) => order.compare(a.name, b.name));
    },
    enabled: path() !== '' && isWanted(),
  }));
}

/** The newest images of each of many folders, at any depth. */
export function useFolderCovers(paths: Accessor<readonly string[]>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.folders, 'covers', paths()],
    queryFn: ({ signal }) => client.search.folderCovers({ paths: [...paths()], count: COVERS }, { signal }),
    enabled: paths().length > 0,
  }));
}

/** Adds a folder to the library; the server then indexes it. */
export function useAddFolder() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: (path: string) => client.extraPaths.add({ path, types: ['scanned'] }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [queryKeys.info] }),
  }));
}

/** Takes a folder out of the library; its files stay. The view of it has to go first: it may not be asked for any more. */
export function useRemoveFolder(onRemoved: () => void) {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: (path: string) =>
      client.extraPaths.remove({ path, types: ['scanned', 'scanned-fixed', 'walk'] }),
    onSuccess: () => {
      onRemoved();
      return queryClient.invalidateQueries();
    },
  }));
}

/** Names a folder of the library; empty for the name that it has. */
export function useNameFolder() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: ({ path, alias }: { path: string; alias: string }) =>
      client.extraPaths.setAlias({ path, alias }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [queryKeys.info] }),
  }));
}
