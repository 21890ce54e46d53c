import { Command, CommanderError, Option } from 'commander';

import { packageVersion } from '../ports/package-version.ts';
import { text, type Language, type Text } from '../ports/text.ts';
import { programOptions, type KnownOption } from '../options/program-options.ts';
import { UsageError } from '../options/usage-error.ts';

/**
 * Reads the command line, without node and script.
 * @returns the values of the flags by the names of their options, or the text to print where one is asked for
 * @throws UsageError for what the table of options does not know
 */
export function readCommandLine(
  args: readonly string[],
  language: Language,
): { readonly flags: Readonly<Record<string, unknown>> } | { readonly print: string } {
  let print = '';
  const command = buildCommand(language, (written) => (print += written));
  try {
    command.parse(args.map(toKebabCase), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { print };
    throw new UsageError(describe(error), { cause: error });
  }
  return { flags: command.opts() };
}

function buildCommand(language: Language, write: (text: string) => void): Command {
  const command = new Command('iib-kit')
    .description(words.description.in(language))
    .version(packageVersion, '-V, --version', words.version.in(language))
    .helpOption('-h, --help', words.help.in(language))
    .configureHelp({ styleTitle: (title) => titles.find(({ en }) => en === title)?.in(language) ?? title })
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: () => {} });
  for (const option of programOptions) {
    if (option.flag !== undefined) command.addOption(commandOption(option, option.flag, language));
  }
  return command.addHelpText('after', environmentHelp(language));
}

const words = {
  description: text(
    'Index a folder of AI-generated images and serve it.',
    '为 AI 生成的图像文件夹建立索引并提供浏览服务。',
  ),
  version: text('print the version', '显示版本号'),
  help: text('print this', '显示本帮助'),
  default: text('default', '默认'),
  environment: text('environment', '环境变量'),
  variables: text(
    'Environment, also read from a file .env in the working folder:',
    '环境变量，也从工作文件夹中的 .env 读取：',
  ),
  spelling: text('Options may be written with - or _ between words.', '选项的单词之间可用 - 或 _ 连接。'),
};

const titles = [text('Usage:', '用法：'), text('Options:', '选项：')];

function commandOption(option: KnownOption, flag: string, language: Language): Option {
  const value = { nothing: '', value: ' <>', values: ' <>', 'optional values': ' []' }[
    option.takes ?? 'value'
  ].replace(/(?<=[<[])(?=[>\]])/, option.placeholder ?? 'value');
  const notes = [
    ...(option.choices === undefined ? [] : [option.choices.join(' | ')]),
    ...(option.default === undefined ? [] : [`${words.default.in(language)} ${option.default}`]),
    ...(option.env === undefined ? [] : [`${words.environment.in(language)} ${option.env}`]),
  ];
  const suffix = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
  const built = new Option(`--${flag.replaceAll('_', '-')}${value}`, option.help.in(language) + suffix);
  built.attributeName = () => option.name;
  return built;
}

function environmentHelp(language: Language): string {
  const lines = programOptions
    .filter((option) => option.flag === undefined)
    .map((option) => {
      const choices = option.choices === undefined ? '' : `: ${option.choices.join(', ')}`;
      const standard =
        option.default === undefined ? '' : ` (${words.default.in(language)} ${option.default})`;
      return `  ${option.env}  ${option.help.in(language)}${choices}${standard}`;
    });
  return `\n${words.variables.in(language)}\n${lines.join('\n')}\n\n${words.spelling.in(language)}`;
}

/** `--extra_paths` is `--extra-paths`; values after `=` and values by themselves stay. */
function toKebabCase(arg: string): string {
  const [flag = '', ...value] = arg.split('=');
  if (!/^--[a-z_-]+$/.test(flag)) return arg;
  return [flag.replaceAll('_', '-'), ...value].join('=');
}

function describe({ code, message }: CommanderError): Text {
  const english = message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  const [flag = '', nearest] = english.match(/--?[\w-]+/g) ?? [];
  switch (code) {
    case 'commander.unknownOption':
      return text(english, `未知选项 '${flag}'${nearest === undefined ? '' : `（是否想用 ${nearest}？）`}`);
    case 'commander.optionMissingArgument':
      return text(english, `选项 ${flag} 缺少参数`);
    case 'commander.excessArguments':
      return text(english, '有多余的参数');
    default:
      return text(english, english);
  }
}
