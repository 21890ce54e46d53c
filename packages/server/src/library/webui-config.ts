import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Words that stand for folders of the web UI in lists of allowed folders, as IIB has them. */
export const webuiFolderWords = ['txt2img', 'img2img', 'save', 'extra'] as const;
export type WebuiFolderWord = (typeof webuiFolderWords)[number];

/** The settings of an SD web UI, and where they say that it puts its pictures. */
export interface WebuiConfig {
  /** The settings of its `config.json`, those that name folders absolute. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** All its output folders, absolute. */
  readonly folders: readonly string[];
  foldersOf(word: WebuiFolderWord): readonly string[];
}

/** Settings that name folders; of a list the first that is set counts, as in the web UI. */
const folderSettings: Readonly<Record<WebuiFolderWord, readonly (readonly string[])[]>> = {
  txt2img: [
    ['outdir_samples', 'outdir_txt2img_samples'],
    ['outdir_grids', 'outdir_txt2img_grids'],
  ],
  img2img: [
    ['outdir_samples', 'outdir_img2img_samples'],
    ['outdir_grids', 'outdir_img2img_grids'],
  ],
  save: [['outdir_save']],
  extra: [['outdir_samples', 'outdir_extras_samples']],
};

const allFolderSettings = new Set(Object.values(folderSettings).flat(2));

/** Largest `config.json` that is read, in bytes; a real one has some ten thousand. */
const MAX_CONFIG_BYTES = 8 * 1024 * 1024;

/**
 * Reads the `config.json` of an SD web UI. Folders that are relative are taken from `relativeTo`.
 * @throws RangeError when the file cannot be read or is no such file
 */
export async function readWebuiConfig(file: string, relativeTo: string): Promise<WebuiConfig> {
  const settings = await readSettings(file);
  const folderOf = (name: string): string | undefined => {
    const folder = settings[name];
    return typeof folder === 'string' && folder.trim() !== ''
      ? path.resolve(relativeTo, folder.trim())
      : undefined;
  };
  const present = (folders: readonly (string | undefined)[]) => [
    ...new Set(folders.filter((folder) => folder !== undefined)),
  ];
  const absolute = [...allFolderSettings].flatMap((name) => {
    const folder = folderOf(name);
    return folder === undefined ? [] : [[name, folder] as const];
  });
  return {
    settings: { ...settings, ...Object.fromEntries(absolute) },
    folders: present([...allFolderSettings].map(folderOf)),
    foldersOf: (word) =>
      present(
        folderSettings[word].map((names) => names.map(folderOf).find((folder) => folder !== undefined)),
      ),
  };
}

async function readSettings(file: string): Promise<Readonly<Record<string, unknown>>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new RangeError(`the web UI's settings ${JSON.stringify(file)} cannot be read`, { cause });
  }
  const settings = bytes.length <= MAX_CONFIG_BYTES ? parseObject(bytes.toString()) : undefined;
  if (settings === undefined) throw new RangeError(`${JSON.stringify(file)} has no settings of a web UI`);
  return settings;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    // Editors on Windows put a byte order mark before it.
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
