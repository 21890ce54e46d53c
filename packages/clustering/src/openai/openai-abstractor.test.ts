import { afterEach, expect, test } from 'vitest';
import { startStandIn, type StandInProvider } from '../../test/helpers/stand-in-provider.ts';
import { createOpenaiAbstractor } from './openai-abstractor.ts';

let standIn: StandInProvider | undefined;
afterEach(() => standIn?.close());

test('the model is asked for groups of the tags, in the language', async () => {
  const groups = [{ label: 'Tiere', terms: ['fox', 'wolf'] }];
  standIn = await startStandIn((_, reply) => {
    reply.answer({ choices: [{ finish_reason: 'stop', message: { content: JSON.stringify({ groups }) } }] });
  });
  const abstractor = createOpenaiAbstractor({ apiKey: 'k', baseURL: standIn.baseURL });
  expect(await abstractor.abstract(['fox', 'wolf', 'sea'], { lang: 'de' })).toEqual(groups);
  const [system, user] = (standIn.seen[0]?.body.messages ?? []) as { content: string }[];
  expect(system?.content).toContain('Write the labels in German.');
  expect(JSON.parse(user?.content ?? '')).toEqual({ terms: ['fox', 'wolf', 'sea'] });
});

test('an answer without groups is invalid', async () => {
  standIn = await startStandIn((_, reply) => {
    reply.answer({ choices: [{ finish_reason: 'stop', message: { content: '{"groups":[]}' } }] });
  });
  const abstractor = createOpenaiAbstractor({ apiKey: 'k', baseURL: standIn.baseURL, retries: 0 });
  await expect(abstractor.abstract(['fox'], { lang: 'en' })).rejects.toMatchObject({
    code: 'invalid-answer',
  });
});
