import { accessPermissions } from '../service-options.ts';

/** One option of the program: how it is written, where else it may come from, what it does. */
export interface ProgramOption {
  /** In snake case, as IIB writes it; kebab case is accepted alike. Undefined for what only the environment says. */
  readonly flag?: string;
  readonly env?: string;
  /** What follows the flag: nothing, a value, any number of values, or values that may be missing. */
  readonly takes: 'nothing' | 'value' | 'values' | 'optional values';
  readonly placeholder?: string;
  readonly default?: string;
  readonly choices?: readonly string[];
  readonly description: string;
}

/** Every option, once: `--help`, the environment, the checks and the docs are made from this table. */
export const programOptions = {
  port: {
    flag: 'port',
    takes: 'value',
    placeholder: 'number',
    default: '8000',
    description: 'Port to listen on; 0 takes any free one',
  },
  host: {
    flag: 'host',
    takes: 'value',
    placeholder: 'address',
    default: '127.0.0.1',
    description: 'Address to listen on; 127.0.0.1 is reached from this machine only',
  },
  extraPaths: {
    flag: 'extra_paths',
    takes: 'values',
    placeholder: 'folders...',
    description: 'Folders of the library; without any, a small sample library is made and served',
  },
  updateImageIndex: {
    flag: 'update_image_index',
    takes: 'nothing',
    description: 'Bring the index up to date at start',
  },
  allowCors: {
    flag: 'allow_cors',
    takes: 'optional values',
    placeholder: 'origins...',
    description:
      'Let pages of these origins call the API; of any origin, without credentials, when none is named',
  },
  base: {
    flag: 'base',
    takes: 'value',
    placeholder: 'path',
    default: '/infinite_image_browsing',
    description: 'URL path that the API and the page sit below',
  },
  dbPath: {
    flag: 'db_path',
    env: 'IIB_DB_PATH',
    takes: 'value',
    placeholder: 'file',
    default: 'iib.db',
    description: 'The index, an SQLite file; made when it is not there',
  },
  cacheDir: {
    flag: 'cache_dir',
    env: 'IIB_CACHE_DIR',
    takes: 'value',
    placeholder: 'folder',
    default: 'iib-cache',
    description: 'Where thumbnails are kept',
  },
  generateImageCache: {
    flag: 'generate_image_cache',
    takes: 'nothing',
    description: 'Make the missing thumbnails of all library folders, then end',
  },
  generateImageCacheSize: {
    flag: 'generate_image_cache_size',
    takes: 'value',
    placeholder: 'widthxheight',
    default: '512x512',
    description: 'Box of the thumbnails and covers that are made',
  },
  generateVideoCover: {
    flag: 'generate_video_cover',
    takes: 'nothing',
    description: 'Make the missing covers of the videos in all library folders, then end',
  },
  genCacheVerbose: {
    flag: 'gen_cache_verbose',
    takes: 'nothing',
    description: 'Print each file for which a thumbnail or cover is made',
  },
  secretKey: {
    env: 'IIB_SECRET_KEY',
    takes: 'value',
    description: 'Key that callers must show: `Authorization: Bearer <key>`, or the cookie of IIB',
  },
  accessControl: {
    env: 'IIB_ACCESS_CONTROL',
    takes: 'value',
    choices: ['auto', 'enable', 'disable'],
    default: 'auto',
    description: 'Whether paths outside the allowed folders are refused; on unless disabled',
  },
  allowedPaths: {
    env: 'IIB_ACCESS_CONTROL_ALLOWED_PATHS',
    takes: 'value',
    description: 'The allowed folders, separated by commas; the folders of the library by default',
  },
  permission: {
    env: 'IIB_ACCESS_CONTROL_PERMISSION',
    takes: 'value',
    choices: accessPermissions,
    default: 'read-write',
    description: 'What callers may do',
  },
} as const satisfies Record<string, ProgramOption>;
