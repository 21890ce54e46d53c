import path from 'node:path';

import type { ServiceOptions } from '../options/service-options.ts';
import { readWebuiConfig, webuiFolderWords, type WebuiConfig } from '../library/webui-config.ts';

/** The settings of the web UI that was named; undefined where none was. */
export async function readConfiguredWebui(options: ServiceOptions): Promise<WebuiConfig | undefined> {
  const { sdWebuiConfig, sdWebuiPathRelativeToConfig } = options;
  if (sdWebuiConfig === undefined) return undefined;
  return readWebuiConfig(
    sdWebuiConfig,
    sdWebuiPathRelativeToConfig ? path.dirname(sdWebuiConfig) : process.cwd(),
  );
}

/** Undefined for a folder that is no word for folders of the web UI. */
export function webuiFoldersOf(
  webui: WebuiConfig | undefined,
  folder: string,
): readonly string[] | undefined {
  const word = webuiFolderWords.find((known) => known === folder);
  return word === undefined ? undefined : webui?.foldersOf(word);
}
