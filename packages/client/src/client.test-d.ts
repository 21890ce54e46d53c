import type { ImagePage, IndexedFileInfo, OrganizePreview } from '@iib-kit/contract';
import { expectTypeOf } from 'vitest';

import { isApiError } from './errors/api-error.ts';
import { createClient as createBrowserClient } from './browser.ts';
import type { Client } from './client.ts';
import { createClient } from './index.ts';
import type { MediaResponse } from './request/media-response.ts';
import type { Pages } from './pages.ts';

declare const client: Client;
declare const error: unknown;
const baseUrl = 'http://127.0.0.1:8000';

// Input may be left out where all of its fields may, and nowhere else.
expectTypeOf(client.search.bySubstring).toBeCallableWith();
expectTypeOf(client.search.bySubstring).toBeCallableWith({ surstr: 'a' });
expectTypeOf<[]>().not.toExtend<Parameters<typeof client.fileSystem.list>>();

// Answers have the types of the contract.
expectTypeOf<Awaited<ReturnType<typeof client.system.hello>>>().toEqualTypeOf<'hello'>();
expectTypeOf<Awaited<ReturnType<typeof client.media.thumbnail>>>().toEqualTypeOf<MediaResponse>();

// Ranges are of calls that answer bytes.
expectTypeOf(client.media.file).toBeCallableWith({ path: '/a' }, { range: { start: 0, end: 9 } });
expectTypeOf(client.media.file).toBeCallableWith({ path: '/a' }, { range: { last: 9 } });
expectTypeOf<{ range: { last: 9 } }>().not.toExtend<Parameters<typeof client.system.hello>[1]>();

// What travels in the URL has one.
expectTypeOf(client.media.thumbnail.url({ path: '/a' })).toEqualTypeOf<string>();
expectTypeOf(client.media.setVideoCover).not.toHaveProperty('url');

// Endpoints with a cursor have pages, and only they.
expectTypeOf(client.search.byQuery.pages({ query: 'fox' })).toEqualTypeOf<
  Pages<IndexedFileInfo, ImagePage>
>();
expectTypeOf(client.search.byTags.pages().byPage()).toEqualTypeOf<AsyncIterable<ImagePage>>();
expectTypeOf(client.seedGroups.groups.pages()).toExtend<
  AsyncIterable<{ first_seed: string; count: number }>
>();
expectTypeOf(client.search.randomImages).not.toHaveProperty('pages');

// Jobs are started by what starts one, with its input, and give what it says.
expectTypeOf(client.jobs.run(client.media.generateThumbnails, { size: '64x64' })).toEqualTypeOf<
  Promise<{ done: number; rendered: number; cached: number; failed: number }>
>();
expectTypeOf(client.jobs.run(client.organize.start, { folder_paths: ['/a'] })).toEqualTypeOf<
  Promise<OrganizePreview>
>();
// @ts-expect-error answers no job
void client.jobs.run(client.search.basicInfo, {});
// @ts-expect-error the input is of another endpoint
void client.jobs.run(client.organize.start, { size: '64x64' });

// A method narrows the codes of its refusals.
if (isApiError(error, client.media.thumbnail)) {
  expectTypeOf<'not-found' | 'took-too-long' | 'too-large'>().toExtend<typeof error.code>();
  expectTypeOf<'conflict' | 'range-outside-file'>().not.toExtend<typeof error.code>();
}
if (isApiError(error)) expectTypeOf<'conflict'>().toExtend<typeof error.code>();

// The dialect of IIB's front end has types of its own, in either entry.
const web = createClient({ baseUrl, dialect: 'iib-web' });
expectTypeOf(web).toEqualTypeOf(createBrowserClient({ baseUrl, dialect: 'iib-web' }));
type WebImage = Awaited<ReturnType<typeof web.search.byTags>>['files'][number];
expectTypeOf<WebImage['date']>().toEqualTypeOf<string>();
expectTypeOf<WebImage>().not.toHaveProperty('created_time');
expectTypeOf<Awaited<ReturnType<typeof web.tags.toggle>>>().toEqualTypeOf<{ is_remove: 0 | 1 }>();
expectTypeOf(web.search.byTags.pages()).toExtend<AsyncIterable<WebImage>>();
expectTypeOf(createClient({ baseUrl })).toEqualTypeOf<Client>();
