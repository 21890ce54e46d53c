import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { extraPath } from '../schemas/extra-path.ts';
import { path } from '../schemas/lenient.ts';
import { tag } from '../schemas/tag.ts';

const settingName = z.string().min(1, 'a name cannot be empty').max(255);

/** IIB tells the versions of its Python and of its Python packages; there are none here. */
const pythonVersions = {
  python_version: z.null(),
  av: z.null(),
  imageio: z.null(),
  pillow: z.null(),
  imageio_ffmpeg: z.null(),
  pillow_avif_plugin: z.null(),
  requests: z.null(),
  numpy: z.null(),
  hnswlib: z.null(),
};

export const system = {
  hello: endpoint({
    method: 'GET',
    path: '/hello',
    summary: 'Check that the server is running',
    description:
      'Answered with 503 while the index cannot be asked or written: its database is gone or was replaced, or a thread of it cannot be started.',
    permission: 'open',
    input: z.object({}),
    output: z.literal('hello'),
    errors: [],
    example: {},
  }),
  version: endpoint({
    method: 'GET',
    path: '/version',
    summary: 'The version of the server',
    permission: 'read',
    input: z.object({}),
    output: z.object({
      name: z.string().describe('Package name of the server'),
      tag: z.string().describe('Its version'),
      hash: z.string().nullable().describe('The commit it was built from, if known'),
      platform: z.string().describe('Operating system and processor'),
      node_version: z.string(),
      ...pythonVersions,
    }),
    errors: [],
    example: {},
  }),
  storage: endpoint({
    method: 'GET',
    path: '/storage',
    summary: 'What the server keeps, and within which limits',
    permission: 'read',
    input: z.object({}),
    output: z.object({
      thumbnails: z.object({
        bytes: z.number().describe('Size of the thumbnails and covers that are kept, as last counted'),
        max_bytes: z.number().describe('The size that they may have'),
      }),
      trash: z.object({
        max_days: z
          .number()
          .nullable()
          .describe('Days after which what is in the trash is deleted for good; null for never'),
        max_bytes: z
          .number()
          .nullable()
          .describe('Size of the trash beyond which the oldest is deleted for good; null for any'),
      }),
    }),
    errors: [],
    example: {},
  }),
  shutdown: endpoint({
    method: 'POST',
    path: '/shutdown',
    summary: 'Shut down the server',
    description:
      'Refused unless the server was started with `--enable_shutdown`. Answers first, then closes the server.',
    permission: 'write',
    input: z.object({}),
    output: z.null(),
    errors: [],
    example: {},
  }),
  sendImagePath: endpoint({
    method: 'POST',
    path: '/send_img_path',
    summary: 'Hand an image to the application that the server is part of',
    description:
      'Without such an application, the image stays pending until another one is handed over. The path may ' +
      'also be sent as JSON: `{"path": ...}`.',
    permission: 'read',
    input: z.object({ path: path() }),
    inputIn: 'query',
    output: z.null(),
    errors: [404],
    example: { path: '/library/image.png' },
  }),
  imageTaken: endpoint({
    method: 'GET',
    path: '/gen_info_completed',
    summary: 'Wait until the pending image is taken',
    description: '`true` as soon as no image is pending; `false` after 3 seconds.',
    permission: 'read',
    input: z.object({}),
    output: z.boolean(),
    errors: [],
    example: {},
  }),
  globalSetting: endpoint({
    method: 'GET',
    path: '/global_setting',
    summary: 'Settings that a front end loads at startup',
    permission: 'read',
    input: z.object({}),
    output: z.object({
      global_setting: z
        .record(z.string(), z.unknown())
        .describe('Settings of the SD web UI; empty without one'),
      cwd: z.string(),
      is_win: z.boolean(),
      home: z.string(),
      sd_cwd: z.string(),
      all_custom_tags: z.array(tag).describe('`like` is always among them'),
      extra_paths: z.array(extraPath).describe('Includes folders given at startup, as `cli_access_only`'),
      enable_access_control: z.boolean(),
      launch_mode: z.enum(['server', 'sd']),
      export_fe_fn: z.boolean(),
      app_fe_setting: z.record(z.string(), z.unknown()).describe('Settings of the front end by name'),
      is_readonly: z.boolean(),
    }),
    errors: [],
    example: {},
  }),
  setFrontEndSetting: endpoint({
    method: 'POST',
    path: '/app_fe_setting',
    summary: 'Save a setting of the front end',
    description:
      '`auto_tag_rules` is a list of `{tag, filters: [{field, operator, value}]}`, which then tags images; ' +
      'see `/db/auto_tag_rules`.',
    permission: 'write',
    largeBody: true,
    input: z.object({ name: settingName, value: z.string().describe('A JSON text') }),
    output: z.null(),
    errors: [],
    example: { name: 'global', value: '{"gridThumbnailResolution":512}' },
  }),
  removeFrontEndSetting: endpoint({
    method: 'DELETE',
    path: '/app_fe_setting',
    summary: 'Delete a setting of the front end',
    permission: 'write',
    input: z.object({ name: settingName }),
    output: z.null(),
    errors: [],
    example: { name: 'global' },
  }),
};
