import { isLoopbackHost } from '../http/security/client-address.ts';
import type { LaunchOptions } from '../options/launch-options.ts';
import { text, type Text } from '../ports/text.ts';

/** Says who may call a server without a key, where that is more than programs and people at this machine. */
export function openServerWarning({
  secretKey,
  host,
  allowCors = false,
}: Pick<LaunchOptions, 'secretKey' | 'allowCors'> & { readonly host: string }): Text | undefined {
  if (secretKey !== undefined) return undefined;
  const callers = [
    ...(isLoopbackHost(host) ? [] : [text(`whoever reaches ${host}`, `能访问 ${host} 的任何人`)]),
    ...(allowCors === false ? [] : [pagesOf(allowCors)]),
  ];
  if (callers.length === 0) return undefined;
  const listIn = (language: 'en' | 'zh', separator: string) =>
    callers.map((caller) => caller.in(language)).join(separator);
  return text(
    `without a key, ${listIn('en', ' and ')} may call the API; set one with IIB_SECRET_KEY`,
    `未设置密钥：${listIn('zh', '以及')}都可以调用 API；请用 IIB_SECRET_KEY 设置密钥`,
  );
}

function pagesOf(origins: true | readonly string[]): Text {
  if (origins === true) return text('pages of any origin', '任何来源的网页');
  return text(`pages of ${origins.join(', ')}`, `来自 ${origins.join('、')} 的网页`);
}
