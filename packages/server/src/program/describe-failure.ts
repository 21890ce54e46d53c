import { errorCode } from '../ports/error-code.ts';
import { text, type Text } from '../ports/text.ts';

/** One line that says what kept the program from going on and what to do about it. */
export function describeFailure(
  error: unknown,
  { port, host, dbPath }: { port: number; host: string; dbPath: string },
): Text {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return text(
        `port ${port} is in use; choose another with --port`,
        `端口 ${port} 已被占用；请用 --port 换一个`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return text(
        `${host} is no address of this machine; choose another with --host`,
        `${host} 不是本机的地址；请用 --host 换一个`,
      );
    case 'EACCES':
      return text(`listening on ${host} port ${port} is not allowed`, `不允许监听 ${host} 的端口 ${port}`);
    case 'not-a-database':
      return text(
        `${dbPath} is not an SQLite database; choose another file with --db_path`,
        `${dbPath} 不是 SQLite 数据库；请用 --db_path 换一个文件`,
      );
    case 'cannot-open':
      return text(`${dbPath} cannot be opened: ${oneLine(error)}`, `无法打开 ${dbPath}：${oneLine(error)}`);
    default:
      return text(oneLine(error), oneLine(error));
  }
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
}
