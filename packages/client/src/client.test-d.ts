import { expectTypeOf } from 'vitest';

import type { Client } from './client.ts';
import type { MediaResponse } from './media-response.ts';

declare const client: Client;

// Input may be left out where all of its fields may, and nowhere else.
expectTypeOf(client.search.bySubstring).toBeCallableWith();
expectTypeOf(client.search.bySubstring).toBeCallableWith({ surstr: 'a' });
expectTypeOf<[]>().not.toExtend<Parameters<typeof client.fileSystem.list>>();

// Answers have the types of the contract.
expectTypeOf<Awaited<ReturnType<typeof client.system.hello>>>().toEqualTypeOf<'hello'>();
expectTypeOf<Awaited<ReturnType<typeof client.media.thumbnail>>>().toEqualTypeOf<MediaResponse>();
