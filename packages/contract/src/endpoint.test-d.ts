import { expectTypeOf } from 'vitest';

import type { api } from './api.ts';
import type { EventOf, Handlers, InputOf, OutputOf, ParsedInputOf, ServerEvent } from './endpoint.ts';

type Search = (typeof api)['search']['bySubstring'];

// A caller may leave out what has a default; a handler always gets it.
expectTypeOf<{}>().toExtend<InputOf<Search>>();
expectTypeOf<ParsedInputOf<Search>['size']>().toEqualTypeOf<number>();
expectTypeOf<OutputOf<Search>['cursor']>().toEqualTypeOf<{ has_next: boolean; next: string }>();

// An endpoint that answers bytes has no JSON value, and its handler returns media.
type All = Handlers<typeof api, { user: string }, Uint8Array>;
expectTypeOf<OutputOf<(typeof api)['media']['file']>>().toBeNever();
expectTypeOf<ReturnType<All['media']['file']>>().toEqualTypeOf<Promise<Uint8Array>>();

// An endpoint that answers events has no JSON value either; its handler returns them as they come.
type JobEvents = (typeof api)['jobs']['events'];
expectTypeOf<OutputOf<JobEvents>>().toBeNever();
expectTypeOf<EventOf<JobEvents>['type']>().toEqualTypeOf<'job'>();
expectTypeOf<ReturnType<All['jobs']['events']>>().toExtend<
  Promise<AsyncIterable<ServerEvent<EventOf<JobEvents>>>>
>();

// Leaving a handler out is an error.
expectTypeOf<Omit<All['tags'], 'add'>>().not.toExtend<All['tags']>();
