import { homedir } from 'node:os';

import type { api, ExtraPath, Handlers } from '@iib-kit/contract';
import { JsonLimitError, parseJson } from '@iib-kit/files';

import { applyIibRules, applyRules, AUTO_TAG_SETTING } from '../library/auto-tag-rules.ts';
import { callerScope } from './caller-scope.ts';
import type { RequestContext } from './context.ts';
import { HttpError } from '../http/http-error.ts';
import type { Reply } from '../http/reply.ts';
import type { Library } from '../library/library.ts';
import { mayWrite } from '../ports/access-permission.ts';
import { text } from '../ports/text.ts';
import { extraPathToResponse } from './extra-paths.ts';
import { tagToResponse } from './responses/tag-to-response.ts';

type System = Handlers<typeof api, RequestContext, Reply>['system'];

const SETTING_LIMITS = { depth: 200, values: 50_000 };

/** What the front end of IIB asks at its start, and the settings that it keeps. */
export const frontEndSettings: Pick<
  System,
  'globalSetting' | 'setFrontEndSetting' | 'removeFrontEndSetting'
> = {
  async globalSetting(_, context) {
    const { access, exportFeFn, index, library, permission, webui } = context;
    const [info, settings] = await Promise.all([index.basicInfo(callerScope(context)), index.settings()]);
    return {
      global_setting: { ...webui?.settings },
      cwd: process.cwd(),
      is_win: process.platform === 'win32',
      home: homedir(),
      sd_cwd: process.cwd(),
      all_custom_tags: info.tags.filter((tag) => tag.type === 'custom').map(tagToResponse),
      extra_paths: allExtraPaths(library, webui?.folders ?? []).filter((extra) =>
        access.leadsToRoot(extra.path),
      ),
      enable_access_control: access.roots() !== undefined,
      launch_mode: 'server' as const,
      export_fe_fn: exportFeFn,
      app_fe_setting: Object.fromEntries(settings),
      is_readonly: !mayWrite(permission),
    };
  },

  async setFrontEndSetting({ name, value }, { index }) {
    const parsed = parseSetting(value);
    if (name === AUTO_TAG_SETTING) await applyIibRules(index, parsed);
    else await index.setSetting(name, parsed);
    return null;
  },

  async removeFrontEndSetting({ name }, { index }) {
    if (name === AUTO_TAG_SETTING) await applyRules(index, []);
    await index.removeSetting(name);
    return null;
  },
};

/**
 * Folders given at start are told by the type that cannot be taken from them; those of the web UI stand in its
 * settings instead.
 */
function allExtraPaths(library: Library, webuiFolders: readonly string[]): ExtraPath[] {
  const added = library.extraPaths();
  const given = library.givenFolders().filter((folder) => !webuiFolders.includes(folder));
  return [
    ...added.map((extra): ExtraPath => {
      const shape = extraPathToResponse(extra);
      return given.includes(extra.path) ? { ...shape, types: [...shape.types, 'cli_access_only'] } : shape;
    }),
    ...given
      .filter((folder) => !added.some((extra) => extra.path === folder))
      .map((folder): ExtraPath => ({ path: folder, types: ['cli_access_only'], alias: '' })),
  ];
}

function parseSetting(json: string): unknown {
  try {
    return parseJson(Buffer.from(json), SETTING_LIMITS);
  } catch (cause) {
    if (!(cause instanceof JsonLimitError))
      throw new HttpError(400, text('value must be a JSON text', 'value 必须是 JSON 文本'), { cause });
    const { depth, values } = SETTING_LIMITS;
    throw new HttpError(
      400,
      cause.limit === 'depth'
        ? text(`value lies more than ${depth} levels deep`, `value 的嵌套超过 ${depth} 层`)
        : text(`value holds more than ${values} values`, `value 包含超过 ${values} 个值`),
    );
  }
}
