import { shellWords } from './shell-words.ts';

/**
 * What a line with curl prints, done with `fetch`, for not every machine has curl; a flag that is not known here is an
 * error. Cookies are kept in `jars`, by file name.
 */
export async function curl(line: string, jars: Map<string, string>): Promise<string> {
  const words = shellWords(line);
  const headers = new Headers({ accept: '*/*' });
  let [method, url, body, jar]: (string | undefined)[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const value = () => words.shift() ?? '';
    if (word === 'curl') continue;
    else if (word === '-X') method = value();
    else if (word === '-H') headers.append(...headerOf(value()));
    else if (word === '-b') headers.set('cookie', jars.get(value()) ?? '');
    else if (word === '-c') jar = value();
    else if (word === '--json') {
      body = value();
      headers.set('content-type', 'application/json');
    } else if (/^https?:/.test(word) && url === undefined) url = word;
    else throw new Error(`curl ${word} is not known here`);
  }
  const response = await fetch(url ?? '', {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
  if (jar !== undefined) jars.set(jar, cookies.join('; '));
  return response.text();
}

function headerOf(text: string): [string, string] {
  const [, name, value] = /^([\w-]+): *(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new Error(`${text} is no header`);
  return [name, value];
}
