/** Longest event in UTF-16 units. */
const MAX_EVENT_LENGTH = 16 * 1024 * 1024;

/** One event as it came: its `id` where it has one, and its JSON text. */
export interface RawEvent {
  readonly id: string | undefined;
  readonly data: string;
}

/** Reads server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export async function* readEvents(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<RawEvent, void, undefined> {
  let id: string | undefined;
  let data: string[] = [];
  for await (const line of textLines(chunks)) {
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

async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    // A carriage return at the end may be half of a line break.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > MAX_EVENT_LENGTH) throw new RangeError(`an event is longer than ${MAX_EVENT_LENGTH}`);
    yield* lines;
  }
  yield* rest.split('\r').slice(0, -1);
}
