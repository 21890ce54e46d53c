import type { OpenApiDocument } from '@iib-kit/contract';
import GithubSlugger from 'github-slugger';

type JsonObject = Readonly<Record<string, unknown>>;

/** The OpenAPI document as the Markdown page `docs/api.md`. */
export function apiReference(document: OpenApiDocument): string {
  const names = document.tags.map(({ name }) => name);
  const groups = names.map((name) => groupSection(document, name));
  return `# The HTTP API

Made from the contract; \`/openapi.json\` of a running server says the same to tools.

All paths are below the base, \`/infinite_image_browsing\` unless told otherwise. GET endpoints take their input from the query, the others from a JSON body; an empty body is \`{}\`, a field that is \`null\` counts as left out, fields that are not known are ignored, and a number may come as text. Times are Unix seconds with a fraction. Success without content is 200 with \`null\`.

Where the server has a secret key, everything but \`/hello\` and the page asks for it: \`Authorization: Bearer <key>\`, or the cookie \`IIB_S\`.

Errors are \`{ "detail": ... }\`: 400 a value is wrong, 401 the key is missing or wrong, 403 outside the allowed folders or writing is not allowed, 405 another method, 415 not JSON, 422 the request does not fit (\`detail\` lists each field as \`{ loc, msg, type }\`), 500 the server failed. What an endpoint may answer beside those is named with it.

## Endpoints

${contents(document, names)}
${groups.join('\n')}
## Shapes

${Object.entries(document.components.schemas)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, schema]) => `### ${name}\n\n${fieldTable(asObject(schema))}`)
  .join('\n')}`;
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operation: JsonObject;
}

function operationsOf(document: OpenApiDocument, group: string): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => asList(operation['tags']).includes(group))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

/** A line an endpoint, by group, each leading to its section. */
function contents(document: OpenApiDocument, groups: readonly string[]): string {
  const slugger = new GithubSlugger();
  const lines = groups.flatMap((group) => {
    const operations = operationsOf(document, group).map(({ method, path, operation }) => {
      const anchor = slugger.slug(`${method} ${path}`);
      return `| | [${method} ${path}](#${anchor}) | ${textOf(operation['summary'])} |\n`;
    });
    return [`| **[${group}](#${slugger.slug(group)})** | | |\n`, ...operations];
  });
  return `| group | endpoint | what it does |\n| --- | --- | --- |\n${lines.join('')}`;
}

function groupSection(document: OpenApiDocument, group: string): string {
  const sections = operationsOf(document, group).map(operationSection);
  return `## ${group}\n\n${sections.join('\n')}`;
}

function operationSection({ method, path, operation }: Operation): string {
  const responses = asObject(operation['responses']);
  const common = new Set(['200', '400', '401', '403', '422', '500']);
  const errors = Object.entries(responses)
    .filter(([status]) => !common.has(status))
    .map(([status, response]) => `${status} (${String(asObject(response)['description']).toLowerCase()})`);
  const [type, media] = Object.entries(asObject(asObject(responses['200'])['content']))[0] ?? [];
  const answer =
    type === 'application/json' ? `\`${typeText(asObject(media)['schema'])}\`` : `bytes, \`${type}\``;
  const words = [operation['summary'], operation['description']].filter((text) => typeof text === 'string');
  const sentences = words.map((text) => text.replace(/\.?$/, '.')).join(' ');
  return `### ${method} ${path}

Client: \`client.${String(operation['operationId'])}\`. ${sentences}

${inputTable(operation)}Answers ${answer}.${errors.length === 0 ? '' : ` Errors: ${errors.join(', ')}.`}${exampleOf(operation)}
`;
}

/** A body that works as it stands, or with its paths replaced. */
function exampleOf(operation: JsonObject): string {
  const content = asObject(asObject(operation['requestBody'])['content']);
  const { example } = asObject(content['application/json']);
  if (example === undefined || Object.keys(asObject(example)).length === 0) return '';
  return `\n\n\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``;
}

function inputTable(operation: JsonObject): string {
  const body = asObject(
    asObject(asObject(asObject(operation['requestBody'])['content'])['application/json'])['schema'],
  );
  const parameters = asList(operation['parameters']).map(asObject);
  const fromQuery = parameters.map((parameter) =>
    fieldRow(
      String(parameter['name']),
      { ...asObject(parameter['schema']), ...pickDescription(parameter) },
      parameter['required'] === true,
    ),
  );
  const rows = [...fromQuery, ...fieldRows(body)];
  return rows.length === 0 ? '' : `${tableHead}${rows.join('')}\n`;
}

const tableHead = '| field | type | default | |\n| --- | --- | --- | --- |\n';

function fieldTable(schema: JsonObject): string {
  return `${tableHead}${fieldRows(schema).join('')}`;
}

function fieldRows(schema: JsonObject): string[] {
  const required = asList(schema['required']);
  return Object.entries(asObject(schema['properties'])).map(([name, field]) =>
    fieldRow(name, asObject(field), required.includes(name)),
  );
}

function fieldRow(name: string, schema: JsonObject, isRequired: boolean): string {
  const standard = schema['default'] === undefined ? '' : `\`${JSON.stringify(schema['default'])}\``;
  const type = typeText(schema).replaceAll('|', '\\|');
  return `| \`${name}\` | \`${type}\` | ${isRequired ? '' : standard || 'optional'} | ${textOf(schema['description'])} |\n`;
}

/** A JSON schema in the words of TypeScript, near enough for people. */
function typeText(schema: unknown): string {
  const {
    $ref,
    anyOf,
    enum: values,
    const: only,
    type,
    items,
    additionalProperties,
    properties,
  } = asObject(schema);
  if (typeof $ref === 'string') return $ref.split('/').at(-1) ?? '';
  if (Array.isArray(anyOf)) return [...new Set(anyOf.filter(isNotNumberAsText).map(typeText))].join(' | ');
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (only !== undefined) return JSON.stringify(only);
  if (type === 'array') return `${wrapped(typeText(items))}[]`;
  if (properties !== undefined) {
    const fields = Object.entries(asObject(properties)).map(([name, field]) => `${name}: ${typeText(field)}`);
    return `{ ${fields.join('; ')} }`;
  }
  if (Array.isArray(type)) return type.join(' | ');
  if (type === 'object') return `{ [key]: ${typeText(additionalProperties)} }`;
  return typeof type === 'string' ? type : 'any';
}

/** Numbers and truth values may come as text, which the introduction says once for all. */
function isNotNumberAsText(schema: unknown): boolean {
  const { pattern, enum: values } = asObject(schema);
  return pattern === undefined && !asList(values).includes('true');
}

function wrapped(type: string): string {
  return type.includes(' | ') ? `(${type})` : type;
}

function pickDescription({ description }: JsonObject): JsonObject {
  return description === undefined ? {} : { description };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
