import { createContext, Script } from 'node:vm';

/** How long one expression may take over one batch of texts, in milliseconds. */
const limitMs = 1000;

const script = new Script('texts.map((text) => expression.test(text))');

/** Tests texts against an expression (flags i, m, s) that may be hostile; undefined when it runs out of time. */
export function testWithLimit(source: string, texts: readonly string[]): readonly boolean[] | undefined {
  const context = createContext({ expression: new RegExp(source, 'ims'), texts });
  try {
    return script.runInContext(context, { timeout: limitMs }) as boolean[];
  } catch (error) {
    // The error may come from the other context, where `Error` is another class.
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}
