import { api, inputPlace, openApiDocument, pathParameters, type Endpoint } from '@iib-kit/contract';

/** Every endpoint of the contract with its name, so that a new one is covered by itself. */
export const endpoints: readonly (readonly [string, Endpoint])[] = Object.values(api).flatMap((group) =>
  Object.values(group).map(
    (endpoint: Endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const,
  ),
);

const document = openApiDocument(api, { base: '', version: '0' });

/** Names of all fields that an endpoint takes, also those that its example leaves out. */
export function fieldsOf(endpoint: Endpoint): readonly string[] {
  const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()] as {
    parameters?: { name: string }[];
    requestBody?: { content: { 'application/json': { schema: { properties?: object } } } };
  };
  const body = operation.requestBody?.content['application/json'].schema.properties ?? {};
  return [...new Set([...(operation.parameters ?? []).map(({ name }) => name), ...Object.keys(body)])];
}

/** The example of an endpoint with the paths of `library` in place of those that it makes up. */
export function exampleIn(endpoint: Endpoint, library: string): Record<string, unknown> {
  const replace = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value.replace(/^\/library(?=\/|$)/, library).replace(/\bimage\.png\b/, 'a.png');
    }
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner)]));
  };
  return { ...(replace(endpoint.example) as object) };
}

/** What no field of any endpoint means. */
export const strangeValues: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  '\0',
  'a\0b',
  'x'.repeat(5000),
  '\ud800',
  '9'.repeat(400),
  [],
  {},
  [null],
  [['/']],
  [{}],
  { toString: 1, __proto__: null },
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
];

/** Ways out of a library folder that has `private` and `library-private` beside it and `way-out` links in it. */
export function waysOut(library: string): readonly string[] {
  return [
    `${library}/../private/secret.png`,
    `${library}/../private`,
    `${library}-private/secret.png`,
    `${library}-private`,
    `${library}/way-out.png`,
    `${library}/way-out`,
    `${library}/way-out/secret.png`,
    `${library}/way-out/new/folder`,
    '../private/secret.png',
    '../library-private',
    '..',
    '/etc/passwd',
    '../../../../../../etc/passwd',
    '..%2fprivate%2fsecret.png',
    `${library}%2f..%2fprivate%2fsecret.png`,
    '%2e%2e/private/secret.png',
    '..\\private\\secret.png',
    'file:///etc/passwd',
  ];
}

/** The same input with a value in every place of a field: itself, and each place inside that is a text. */
export function withValue(
  input: Readonly<Record<string, unknown>>,
  field: string,
  value: unknown,
): Record<string, unknown>[] {
  const inside = placesOfText(input[field]).map((put) => ({ ...input, [field]: put(value) }));
  return [{ ...input, [field]: value }, ...inside];
}

function placesOfText(value: unknown): ((replacement: unknown) => unknown)[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, inner]) => {
    const put = (replacement: unknown): unknown =>
      Array.isArray(value)
        ? value.map((kept: unknown, position) => (position === key ? replacement : kept))
        : { ...value, [key]: replacement };
    if (typeof inner === 'string') return [put];
    return placesOfText(inner).map((deeper) => (replacement: unknown) => put(deeper(replacement)));
  });
}

/** Sends an input as it is, however little it fits; undefined where no URL can carry it. */
export async function callWith(
  base: string,
  endpoint: Endpoint,
  input: Readonly<Record<string, unknown>>,
): Promise<Response | undefined> {
  const inPath = pathParameters(endpoint.path);
  let route: string = endpoint.path;
  for (const name of inPath) {
    const text = asText(input[name]).toWellFormed();
    // An empty or dotted segment is another address to every client.
    if (['', '.', '..'].includes(text)) return undefined;
    route = route.replace(`{${name}}`, encodeURIComponent(text));
  }
  const rest = Object.entries(input).filter(([name]) => !inPath.includes(name));
  if (inputPlace(endpoint) === 'body') {
    return fetch(base + route, {
      method: endpoint.method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(rest)),
    });
  }
  const query = new URLSearchParams(rest.map(([name, value]): [string, string] => [name, asText(value)]));
  return fetch(`${base}${route}?${query.toString()}`, { method: endpoint.method });
}

/** As a client that knows nothing would spell a value in a URL. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** All that an answer holds. Streams of events do not end: they are left. */
export async function bytesOf(response: Response): Promise<Buffer> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    await response.body?.cancel();
    return Buffer.alloc(0);
  }
  return Buffer.from(await response.arrayBuffer());
}
