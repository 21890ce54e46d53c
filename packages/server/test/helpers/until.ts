import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the answer will do; throws with the last one after a minute. */
export async function until<T>(ask: () => Promise<T>, isEnough: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (isEnough(answer)) return answer;
    if (Date.now() > end) throw new Error(`it never came: ${JSON.stringify(answer)}`);
    await delay(10);
  }
}
