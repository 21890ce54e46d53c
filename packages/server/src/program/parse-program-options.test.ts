import { expect, test } from 'vitest';

import { parseProgramOptions } from './parse-program-options.ts';
import { programOptions, type ProgramOption } from './program-options.ts';

const standard = {
  port: 8000,
  host: '127.0.0.1',
  extraPaths: [],
  updateImageIndex: false,
  allowCors: false,
  base: '/infinite_image_browsing',
  dbPath: 'iib.db',
  cacheDir: 'iib-cache',
  pregeneration: undefined,
  secretKey: undefined,
  accessControl: true,
  allowedPaths: undefined,
  permission: 'read-write',
};

test('without anything, the defaults hold', () => {
  expect(parseProgramOptions([], {})).toEqual(standard);
});

test.each([
  ['snake case', ['--port', '8123', '--extra_paths', '/a', '/b', '--update_image_index']],
  ['kebab case', ['--port=8123', '--extra-paths', '/a', '/b', '--update-image-index']],
])('%s is understood', (_, args) => {
  expect(parseProgramOptions(args, {})).toEqual({
    ...standard,
    port: 8123,
    extraPaths: ['/a', '/b'],
    updateImageIndex: true,
  });
});

test('a value keeps its underscores', () => {
  expect(parseProgramOptions(['--db_path=/my_data/iib_2.db'], {})).toMatchObject({
    dbPath: '/my_data/iib_2.db',
  });
});

test('--allow_cors takes origins, or none for any', () => {
  expect(parseProgramOptions(['--allow_cors'], {})).toMatchObject({ allowCors: true });
  expect(parseProgramOptions(['--allow_cors', 'https://a.example'], {})).toMatchObject({
    allowCors: ['https://a.example'],
  });
});

test('pictures to make beforehand are told by kind and box', () => {
  const args = ['--generate_image_cache', '--generate_image_cache_size', '256x128', '--gen_cache_verbose'];
  expect(parseProgramOptions(args, {})).toMatchObject({
    pregeneration: { images: true, videos: false, width: 256, height: 128, verbose: true },
  });
  expect(parseProgramOptions(['--generate-video-cover'], {})).toMatchObject({
    pregeneration: { images: false, videos: true, width: 512, height: 512, verbose: false },
  });
});

test('the environment fills in, a flag goes before it', () => {
  const environment = {
    IIB_DB_PATH: '/env.db',
    IIB_SECRET_KEY: 'k',
    IIB_ACCESS_CONTROL: 'disable',
    IIB_ACCESS_CONTROL_ALLOWED_PATHS: '/a, /b,',
    IIB_ACCESS_CONTROL_PERMISSION: 'read-only',
  };
  expect(parseProgramOptions(['--db_path', '/flag.db'], environment)).toEqual({
    ...standard,
    dbPath: '/flag.db',
    secretKey: 'k',
    accessControl: false,
    allowedPaths: ['/a', '/b'],
    permission: 'read-only',
  });
});

test.each([
  [['--prot', '1'], {}, "unknown option '--prot' (Did you mean --port?)"],
  [['--update_image_indx'], {}, "unknown option '--update-image-indx' (Did you mean --update-image-index?)"],
  [['--port', '80x'], {}, 'option --port must be a number from 0 to 65535, not "80x"'],
  [['--port', '70000'], {}, 'option --port must be a number from 0 to 65535, not "70000"'],
  [
    ['--generate_image_cache', '--generate_image_cache_size', '0x9'],
    {},
    'option --generate_image_cache_size must be WIDTHxHEIGHT, each 1 to 4096, not "0x9"',
  ],
  [['--gen_cache_verbose'], {}, '--gen_cache_verbose needs --generate_image_cache or --generate_video_cover'],
  [['--port'], {}, "option '--port <number>' argument missing"],
  [['folder'], {}, 'too many arguments. Expected 0 arguments but got 1.'],
  [
    [],
    { IIB_ACCESS_CONTROL_PERMISSION: 'readonly' },
    'IIB_ACCESS_CONTROL_PERMISSION must be one of read-write, read-only, write-only, not "readonly"',
  ],
])('%j with %j is refused in one line that names it', (args, environment, message) => {
  expect(() => parseProgramOptions(args, environment)).toThrow(
    expect.objectContaining({ name: 'UsageError', message }),
  );
});

test('--help names every flag and every variable', () => {
  const help = parseProgramOptions(['--help'], {});
  const names = Object.values<ProgramOption>(programOptions).flatMap(({ flag, env }) => [
    ...(flag === undefined ? [] : [`--${flag.replaceAll('_', '-')}`]),
    ...(env === undefined ? [] : [env]),
  ]);
  const text = 'print' in help ? help.print : '';
  expect(names.filter((name) => !text.includes(name))).toEqual([]);
});
