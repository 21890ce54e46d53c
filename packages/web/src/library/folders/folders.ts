import type { FileInfo } from '@iib-kit/client/browser';
import { replaceEqualDeep, useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import { createMemo, type Accessor } from 'solid-js';

import { language } from '../../i18n/language.ts';
import { useClient } from '../connection/client.ts';
import { useBasicInfo } from '../info/basic-info.ts';
import { queryKeys } from '../connection/query-keys.ts';
import { useServerSettings } from '../info/server-settings.ts';
import { isWithin, nameOf } from '../files/path-parts.ts';

/** The number of images on the card of a folder. */
const COVERS = 4;

/** A folder of the library, added by a user or at the start of the server. */
export interface LibraryFolder {
  readonly path: string;
  readonly name: string;
  /** Whether it cannot be found, for example because its drive is disconnected. */
  readonly isUnavailable: boolean;
  /** Whether it was set at the start of the server, and cannot be changed here. */
  readonly isFixed: boolean;
  /** Whether it can be browsed but is not indexed. */
  readonly isWalked: boolean;
}

/** The folders of the library, and the state of their query. */
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
    // Counts change constantly during a scan; unchanged folders keep their identity, so that they are not redrawn.
    return replaceEqualDeep(before, now);
  });
  const folderNamed = (path: string) => folders().find((folder) => folder.path === path);
  /** The innermost folder of the library that contains a path. */
  const rootOf = (path: string) =>
    folders()
      .filter((folder) => isWithin(path, folder.path))
      .sort((a, b) => b.path.length - a.path.length)[0];
  return { setting, folders, folderNamed, rootOf };
}

/** The subfolders of a folder, sorted for the current language. */
export function useSubfolders(path: Accessor<string>, isEnabled: Accessor<boolean> = () => true) {
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
    enabled: path() !== '' && isEnabled(),
  }));
}

/** The newest images of each of some folders, at any depth. */
export function useFolderCovers(paths: Accessor<readonly string[]>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.folders, 'covers', paths()],
    queryFn: ({ signal }) => client.search.folderCovers({ paths: [...paths()], count: COVERS }, { signal }),
    enabled: paths().length > 0,
  }));
}

/** Adds a folder to the library. */
export function useAddFolder() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: (path: string) => client.extraPaths.add({ path, types: ['scanned'] }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [queryKeys.info] }),
  }));
}

/** Removes a folder from the library, not from disk. `onRemoved` must close its view, which may no longer be fetched. */
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

/** Sets the alias of a folder; empty for its own name. */
export function useNameFolder() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: ({ path, alias }: { path: string; alias: string }) =>
      client.extraPaths.setAlias({ path, alias }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [queryKeys.info] }),
  }));
}
