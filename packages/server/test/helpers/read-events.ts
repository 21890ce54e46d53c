/** An event as it came over the wire. */
export interface SeenEvent {
  readonly id: string | undefined;
  readonly name: string;
  readonly data: Record<string, unknown>;
}

/** A stream of events that is being read. */
export interface SeenEvents {
  readonly response: Response;
  /** The first event from here on that fits, within 20 seconds. */
  next(fits?: (event: SeenEvent) => boolean): Promise<SeenEvent>;
  /** Whether the stream ends, within 20 seconds. */
  ended(): Promise<boolean>;
  readonly leave: () => void;
}

const LIMIT = 20_000;

export async function readEvents(url: string, headers: Record<string, string> = {}): Promise<SeenEvents> {
  const leaving = new AbortController();
  const response = await fetch(url, { headers, signal: leaving.signal });
  const events = parse(response.body ?? new ReadableStream());
  const timely = async <T>(work: Promise<T>): Promise<T> => {
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('no such event came')), LIMIT).unref();
    });
    return Promise.race([work, late]);
  };
  const find = async (fits: (event: SeenEvent) => boolean): Promise<SeenEvent> => {
    for (;;) {
      const { done, value } = await events.next();
      if (done === true) throw new Error('the stream ended');
      if (fits(value)) return value;
    }
  };
  return {
    response,
    next: (fits = () => true) => timely(find(fits)),
    ended: () =>
      timely(
        find(() => false).then(
          () => false,
          () => true,
        ),
      ),
    leave: () => leaving.abort(),
  };
}

async function* parse(body: ReadableStream<Uint8Array>): AsyncGenerator<SeenEvent, undefined> {
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      const data = field('data');
      if (data === undefined) continue;
      yield { id: field('id'), name: field('event') ?? '', data: JSON.parse(data) as SeenEvent['data'] };
    }
  }
  return undefined;
}
