// A program for browsers: it is compiled with the types of the DOM and without those of Node.
import { createClient, isApiError } from '@iib-kit/client/browser';
import { api, openApiDocument } from '@iib-kit/contract';
import { routes } from '@iib-kit/contract/routes';
import { readMetadata } from '@iib-kit/metadata';
import { readMetadata as readInCore } from '@iib-kit/metadata/core';

export async function show(input: HTMLInputElement): Promise<string> {
  const client = createClient({ baseUrl: new URL('/infinite_image_browsing', location.href).href });
  try {
    const { files } = await client.search.bySubstring({ surstr: input.value });
    const [file] = input.files ?? [];
    const { generation } = file ? await readMetadata(file) : await readInCore(new Uint8Array());
    return `${files.length} ${generation?.prompt ?? ''}`;
  } catch (error) {
    return isApiError(error) ? String(error.status) : routes.system.hello.path;
  }
}

export const document = openApiDocument(api, { base: '/infinite_image_browsing', version: '1.0.0' });
