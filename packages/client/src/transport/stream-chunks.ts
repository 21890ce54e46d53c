/** The server says at least every 15 seconds that a stream of events is alive. */
const MAX_SILENCE = 45_000;

/**
 * The chunks of a stream; Safari cannot iterate over it as it is. Leaving the loop cancels the stream, and so does
 * silence: a connection may have died without a word, as when a machine wakes up in another network.
 */
export async function* streamChunks(
  body: ReadableStream<Uint8Array>,
  { maxSilence = MAX_SILENCE }: { maxSilence?: number } = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  let isSilent = false;
  // Not waited for: what broke cannot be cancelled any more.
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  const giveUp = (): void => {
    isSilent = true;
    cancel();
  };
  try {
    for (;;) {
      const timer = setTimeout(giveUp, maxSilence);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (isSilent) throw new Error(`nothing came for ${maxSilence / 1000} seconds`);
      if (done) return;
      yield value;
    }
  } finally {
    cancel();
  }
}
