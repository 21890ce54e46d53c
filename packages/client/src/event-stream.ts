import type { ServerEvent } from '@iib-kit/contract';

/** Longest event in UTF-16 units. */
const MAX_EVENT_LENGTH = 16 * 1024 * 1024;

/** One event as it came: its `id` where it has one, and its JSON text. */
interface RawEvent {
  readonly id: string | undefined;
  readonly data: string;
}

/**
 * Reads server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). Leaving the loop over
 * them closes the connection; `check` makes an event of its JSON text.
 */
export async function* readEvents<Event>(
  body: AsyncIterable<Uint8Array>,
  check: (json: string) => Event,
): AsyncGenerator<ServerEvent<Event>, void, undefined> {
  for await (const { id, data } of rawEvents(textLines(body))) {
    const event = check(data);
    yield id === undefined ? { event } : { id, event };
  }
}

async function* rawEvents(lines: AsyncIterable<string>): AsyncGenerator<RawEvent> {
  let id: string | undefined;
  let data: string[] = [];
  for await (const line of lines) {
    if (line === '') {
      if (data.length > 0) yield { id, data: data.join('\n') };
      id = undefined;
      data = [];
    }
    const [, field, value = ''] = /^([^:]+)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'id') id = value;
  }
}

async function* textLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    // A carriage return at the end may be half of a line break.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > MAX_EVENT_LENGTH) throw new RangeError(`an event is longer than ${MAX_EVENT_LENGTH}`);
    yield* lines;
  }
  yield* rest.split('\r').slice(0, -1);
}
