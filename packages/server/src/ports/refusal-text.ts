import type { RefusalCode, RefusalDetails } from './refusal-codes.ts';
import { Text, text } from './text.ts';

/** Longest part of what a client sent that is repeated to it, in UTF-16 units. */
const MAX_SHOWN = 300;

/** In Chinese, `%` stands for the path. */
const ofPath =
  (en: string, zh: string) =>
  ({ path }: { readonly path: string }): Text => {
    const shown = quoted(path);
    return new Text(
      `${shown} ${en}`,
      zh.replace('%', () => shown),
    );
  };

/** In English alone. */
const english = (en: string): Text => text(en, en);
const ofPathInEnglish =
  (en: string) =>
  ({ path }: { readonly path: string }): Text =>
    english(`${quoted(path)} ${en}`);

const ofProvider = ({ why }: { readonly why: string }): Text =>
  text(`the model's provider answered ${why}`, `模型服务应答 ${why}`);

const texts: { readonly [Code in RefusalCode]: (details: RefusalDetails[Code]) => Text } = {
  'empty-path': () => text('a path cannot be empty or contain NUL', '路径不能为空，也不能含有 NUL'),
  'name-not-utf8': shortened(
    ofPath('has a name that is not UTF-8; rename it first', '% 的名称不是 UTF-8；请先重命名'),
  ),
  unreadable: shortened(ofPath('cannot be read by the server', '服务器无法读取 %')),
  'link-loop': shortened(ofPath('is a loop of links', '% 是循环链接')),
  'path-too-long': shortened(ofPath('is too long a name', '% 名称过长')),
  unreachable: ({ path, code }) =>
    text(
      `${quoted(path.slice(0, MAX_SHOWN))} cannot be reached (${code})`,
      `无法访问 ${quoted(path.slice(0, MAX_SHOWN))}（${code}）`,
    ),
  'outside-allowed-folders': ofPath('is outside the allowed folders', '% 不在允许的文件夹内'),
  'outside-base-directory': ofPath('is outside the base directory', '% 在基础目录之外'),
  'unusable-in-base-directory': ofPath('cannot be reached', '无法访问 %'),
  'unreachable-in-base-directory': ofPath('cannot be reached', '无法访问 %'),
  'no-base-directory': () =>
    text(
      'this server was started without a base directory (--base_dir)',
      '服务器启动时未指定基础目录（--base_dir）',
    ),

  missing: ofPathInEnglish('is not there'),
  'not-permitted': ofPathInEnglish('cannot be changed by the server'),
  'folder-unreadable': ofPathInEnglish('cannot be read by the server'),
  'read-only-drive': ofPathInEnglish('is on a read-only drive'),
  exists: ofPathInEnglish('is there already'),
  'no-free-name': ({ path, tries }) => english(`${quoted(path)} is there ${tries} times`),
  'names-clash': ({ names }) => english(`names clash: ${listed(names)}`),
  'not-a-file': ofPathInEnglish('is not a file'),
  'not-a-folder': ofPathInEnglish('is not a folder'),
  'is-a-folder': ofPathInEnglish('is a folder'),
  'folder-not-empty': ofPathInEnglish('is a folder that is not empty'),
  'only-files-copied': ofPathInEnglish('is a folder; only files can be copied'),
  'neither-file-nor-folder': ofPathInEnglish('is neither a file nor a folder'),
  'file-as-folder': ofPathInEnglish('has a file where a folder should be'),
  'file-in-the-way': ofPathInEnglish('has a file in its way'),
  'name-too-long': ofPathInEnglish('has too long a name'),
  'unusable-name': ofPathInEnglish('has a name that cannot be used here'),
  'links-in-a-loop': ofPathInEnglish('is a loop of links'),
  'relative-link': ofPathInEnglish('is a relative link, which would lead elsewhere'),
  'drive-full': ofPathInEnglish('does not fit: the drive is full'),
  'quota-exceeded': ofPathInEnglish('does not fit: the quota is used up'),
  'too-large-for-drive': ofPathInEnglish('is too large for the drive'),
  'in-use': ofPathInEnglish('is in use'),
  'drive-unreachable': ofPathInEnglish('cannot be reached now'),
  'too-many-open-files': ofPathInEnglish('cannot be opened now'),
  'into-itself': ofPathInEnglish('cannot go into itself'),
  'changed-since-planned': ofPathInEnglish('was changed since it was looked at'),
  'changed-while-moved': ofPathInEnglish('was changed meanwhile'),
  'library-folder': ofPathInEnglish('is or holds a folder of the library'),
  'own-path': ofPathInEnglish('belongs to the trash or to work in progress'),
  'invalid-file-name': ({ name, reason }) => english(`${quoted(name.slice(0, MAX_SHOWN))} ${reason}`),
  'not-in-trash': ({ id }) => english(`${quoted(id.slice(0, 100))} is not in the trash`),
  'no-desktop': () => english('this server has no desktop to open files on'),

  'no-video-decoder': () =>
    text(
      'the server cannot read videos: install node-av beside it (npm install node-av), or an ffmpeg program in its PATH',
      '服务器无法读取视频：请在服务器上安装 node-av（npm install node-av），或在其 PATH 中提供 ffmpeg 程序',
    ),

  'too-many-archives': ({ limit }) => english(`${limit} archives are being made already`),
  'no-such-archive': ({ name }) => english(`no archive ${quoted(name)} is here`),
  'too-many-streams': ({ limit }) => english(`${limit} streams are open already`),
  'too-many-jobs': ({ limit, kind }) => english(`${limit} jobs of the kind ${kind} are waiting already`),
  'job-cancelled': () => english('the job was cancelled'),
  closed: () => english('the server is stopping'),

  'invalid-auto-tag-rules': ({ setting, problem }) =>
    text(`${setting}: ${problem.en}`, `${setting}：${problem.zh}`),

  'no-such-organize-run': ({ id }) => english(`there is no job ${quoted(id)} that organises files`),
  'not-awaiting-confirmation': ({ state }) =>
    english(`the job is not ready for a confirmation: it is ${state}`),
  'nothing-to-undo': ({ phase }) =>
    english(`there is nothing to undo${phase === undefined ? '' : `: the job is at the stage ${phase}`}`),
  'no-such-planned-cluster': ({ id }) => english(`the plan has no cluster ${quoted(id.slice(0, MAX_SHOWN))}`),
  'invalid-folder-name': ({ name }) => english(`${quoted(name)} is no name for a folder`),
  'images-without-vectors': ({ count, failure }) =>
    english(`${count} images could not be looked at: ${failure}`),

  'no-model': () =>
    text(
      'no model is set up: the server needs the option ai.apiKey (OPENAI_API_KEY) or ai.baseUrl (OPENAI_BASE_URL)',
      '未配置模型：服务器需要选项 ai.apiKey（OPENAI_API_KEY）或 ai.baseUrl（OPENAI_BASE_URL）',
    ),
  'unsupported-model': ({ model }) =>
    text(
      `${quoted(model.slice(0, MAX_SHOWN))} is a model of TwelveLabs, which is not supported: embeddings need a provider with OpenAI's API`,
      `${quoted(model.slice(0, MAX_SHOWN))} 是 TwelveLabs 的模型，暂不支持：向量服务须与 OpenAI API 兼容`,
    ),
  'empty-query': () => text('the query is empty', '查询为空'),
  'image-not-indexed': shortened(ofPath('is not indexed', '% 未被索引')),
  'no-prompt': shortened(ofPath('has no prompt to go by', '% 没有可用的提示词')),
  'provider-late': ({ milliseconds }) =>
    text(
      `the model's provider did not answer within ${milliseconds} ms`,
      `模型服务在 ${milliseconds} 毫秒内没有应答`,
    ),
  'provider-unreachable': () => text("the model's provider cannot be reached", '无法连接模型服务'),
  'provider-unintelligible': () =>
    text("the model's provider gave an answer that cannot be read", '模型服务的应答无法读取'),
  'provider-overloaded': ofProvider,
  'provider-timed-out': ofProvider,
  'provider-rejected': ofProvider,
  'provider-failed': ofProvider,

  'directory-entry-missing': ofPath('is not there', '% 不存在'),
  'not-a-directory': ofPath('is not a directory', '% 不是目录'),
  'not-a-medium': ofPath('is not an image or a video', '% 不是图像或视频'),
  'invalid-seed-cursor': ({ cursor }) =>
    text(`not a cursor: ${quoted(cursor)}`, `不是有效的游标：${quoted(cursor)}`),
};

/** What clients are told of a refusal. */
export function refusalText<Code extends RefusalCode>(code: Code, details: RefusalDetails[Code]): Text {
  return texts[code](details);
}

function quoted(value: string): string {
  return JSON.stringify(value);
}

/** Only the beginning of a path that may have any length. */
function shortened(
  textOf: (details: { readonly path: string }) => Text,
): (details: { readonly path: string }) => Text {
  return ({ path }) => textOf({ path: path.slice(0, MAX_SHOWN) });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).map(quoted);
  const rest = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return `${shown.join(', ')}${rest}`;
}
