import type { CallOptions } from './request/call-options.ts';
import { ClientError } from './errors/client-error.ts';

/** The items of all pages, which are fetched as needed. Each loop starts from the first page. */
export interface Pages<Item, Page> extends AsyncIterable<Item> {
  /** The pages as the endpoint answers them. */
  byPage(): AsyncIterable<Page>;
}

/** One page: items under some name, and the way to the next page. */
interface AnyPage {
  readonly cursor: { readonly has_next: boolean; readonly next: string };
}

interface PagesOptions {
  readonly send: (input: object, call: CallOptions) => Promise<unknown>;
  readonly input: Readonly<Record<string, unknown>>;
  readonly call: CallOptions;
  /** The field of a page with its items. */
  readonly items: string;
  readonly url: string;
  /** Throws the reason when the call, or the whole client, was given up. */
  readonly throwIfAborted: () => void;
}

/** Follows cursors from the one in the input, or from the beginning. */
export function pagesOf({
  send,
  input,
  call,
  items,
  url,
  throwIfAborted,
}: PagesOptions): Pages<unknown, object> {
  if (Number(input['size'] ?? 1) === 0) {
    throw new RangeError('size must not be 0: such pages hold nothing');
  }
  async function* byPage(): AsyncGenerator<AnyPage, void, undefined> {
    const requested = new Set<unknown>();
    for (let cursor: unknown = input['cursor'] ?? ''; ;) {
      throwIfAborted();
      requested.add(cursor);
      // Endpoints that answer pages declare their cursor so.
      const page = (await send({ ...input, cursor }, call)) as AnyPage;
      yield page;
      if (!page.cursor.has_next) return;
      cursor = page.cursor.next;
      // A server that leads in a circle would be followed for ever.
      if (requested.has(cursor)) {
        throw new ClientError('unexpected-shape', `${url}: the server answered the same cursor twice`, url);
      }
    }
  }
  async function* byItem(): AsyncGenerator<unknown, void, undefined> {
    for await (const page of byPage()) {
      for (const item of (page as unknown as Record<string, readonly unknown[]>)[items] ?? []) {
        throwIfAborted();
        yield item;
      }
    }
  }
  return { byPage, [Symbol.asyncIterator]: byItem };
}
