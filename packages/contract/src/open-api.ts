import * as z from 'zod';

import type { Api, Endpoint, ErrorStatus } from './endpoint.ts';
import { inputPlace, isEvents, isMedia } from './endpoint.ts';
import { pathParameters } from './path-template.ts';
import { groupDescriptions } from './group-descriptions.ts';
import { errorBody } from './schemas/error-body.ts';

type JsonObject = { [key: string]: unknown };

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly JsonObject[];
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly components: { readonly schemas: JsonObject; readonly securitySchemes: JsonObject };
}

/** Statuses that any endpoint may answer, with what they mean. */
const commonErrors = {
  400: 'A value is wrong',
  401: 'The secret key is missing or wrong',
  403: 'Outside the allowed folders, or writing is not allowed',
  422: 'The request does not have the shape of this endpoint',
  500: 'The server failed; its log has the cause',
} as const;

const declaredErrors: Record<ErrorStatus, string> = {
  404: 'Not there',
  408: 'Took longer than the limit',
  409: 'The name is taken',
  413: 'Larger than the limit',
  416: 'The range is outside the file',
  429: 'Too many requests',
  501: 'The server lacks the program that this needs',
  502: 'The model’s provider failed, or refuses the key of the server',
  504: 'The model’s provider did not answer in time',
};

/**
 * The OpenAPI document of an API whose endpoints sit below `options.base`.
 * Component schemas are those that carry an `id`.
 */
export function openApiDocument(api: Api, options: { base: string; version: string }): OpenApiDocument {
  const schemas: JsonObject = {};
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const [group, endpoints] of Object.entries(api)) {
    for (const [name, endpoint] of Object.entries(endpoints)) {
      const item = (paths[endpoint.path] ??= {});
      item[endpoint.method.toLowerCase()] = operation(endpoint, group, name, schemas);
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'iib-kit',
      version: options.version,
      description:
        'Index, search, tag and serve AI-generated images. Compatible with Infinite Image Browsing.',
    },
    servers: [{ url: options.base === '' ? '/' : options.base }],
    security: [{}, { bearer: [] }, { cookie: [] }],
    tags: Object.keys(api).map((name) => describedGroup(name)),
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The secret key' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'IIB_S',
          description: 'Hex SHA-256 of the secret key followed by `_ciallo`',
        },
      },
    },
  };
}

function describedGroup(name: string): OpenApiDocument['tags'][number] {
  const description = Object.entries(groupDescriptions).find(([group]) => group === name)?.[1];
  return description === undefined ? { name } : { name, description };
}

function operation(endpoint: Endpoint, group: string, name: string, schemas: JsonObject): JsonObject {
  const input = jsonSchema(endpoint.input, 'input', schemas);
  const inPath = new Set(pathParameters(endpoint.path));
  const parameters = parameterList(input, endpoint, inPath);
  return {
    operationId: `${group}.${name}`,
    tags: [group],
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    ...(endpoint.permission === 'open' ? { security: [] } : {}),
    ...(inputPlace(endpoint) === 'query' || parameters.length > 0 ? { parameters } : {}),
    ...(inputPlace(endpoint) === 'query'
      ? {}
      : { requestBody: requestBody(without(input, inPath), withoutKeys(endpoint.example, inPath)) }),
    responses: {
      200: { description: 'Success', content: successContent(endpoint, schemas) },
      ...errorResponses(endpoint, schemas),
    },
  };
}

/** What travels in the URL: everything, or only the parameters of the path where there is a body. */
function parameterList(input: JsonObject, endpoint: Endpoint, inPath: ReadonlySet<string>): JsonObject[] {
  const required = new Set(Array.isArray(input['required']) ? input['required'] : []);
  return Object.entries(asObject(input['properties']))
    .filter(([name]) => inputPlace(endpoint) === 'query' || inPath.has(name))
    .map(([name, schema]) => {
      const { description, ...rest } = asObject(schema);
      const value = asObject(endpoint.example)[name];
      return {
        name,
        in: inPath.has(name) ? 'path' : 'query',
        required: inPath.has(name) || required.has(name),
        ...(description === undefined ? {} : { description }),
        schema: rest,
        ...(value === undefined ? {} : { example: value }),
      };
    });
}

/** An object schema without some of its properties. */
function without(schema: JsonObject, names: ReadonlySet<string>): JsonObject {
  if (names.size === 0) return schema;
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return {
    ...schema,
    properties: withoutKeys(schema['properties'], names),
    required: required.filter((name: string) => !names.has(name)),
  };
}

function withoutKeys(value: unknown, names: ReadonlySet<string>): unknown {
  if (value === undefined || names.size === 0) return value;
  return Object.fromEntries(Object.entries(asObject(value)).filter(([name]) => !names.has(name)));
}

function requestBody(schema: JsonObject, example: unknown): JsonObject {
  return {
    required: Array.isArray(schema['required']) && schema['required'].length > 0,
    content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
  };
}

function successContent(endpoint: Endpoint, schemas: JsonObject): JsonObject {
  const { output } = endpoint;
  if (isMedia(output)) {
    return { [output.media]: { schema: { type: 'string', contentMediaType: output.media } } };
  }
  // OpenAPI 3.1 has no words for a stream; the schema is that of the `data` of each event.
  if (isEvents(output)) {
    return { 'text/event-stream': { schema: jsonSchema(output.events, 'output', schemas) } };
  }
  return { 'application/json': { schema: jsonSchema(output, 'output', schemas) } };
}

function errorResponses(endpoint: Endpoint, schemas: JsonObject): JsonObject {
  const schema = jsonSchema(errorBody, 'output', schemas);
  const statuses = { ...commonErrors, ...pick(declaredErrors, endpoint.errors) };
  return Object.fromEntries(
    Object.entries(statuses).map(([status, description]) => [
      status,
      { description, content: { 'application/json': { schema } } },
    ]),
  );
}

/** The schema with its named parts moved to `schemas` and referred to from there. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', schemas: JsonObject): JsonObject {
  const { $schema: _, $defs, ...own } = z.toJSONSchema(schema, { io }) as JsonObject;
  for (const [id, definition] of Object.entries(asObject($defs))) {
    schemas[id] = toComponentReferences(definition);
  }
  return toComponentReferences(own) as JsonObject;
}

function toComponentReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toComponentReferences);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace('#/$defs/', '#/components/schemas/')
        : toComponentReferences(inner),
    ]),
  );
}

function pick<K extends PropertyKey, V>(record: Record<K, V>, keys: readonly K[]): Partial<Record<K, V>> {
  const picked: Partial<Record<K, V>> = {};
  for (const key of keys) picked[key] = record[key];
  return picked;
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}
