import { afterEach, expect, test } from 'vitest';
import {
  startStandIn,
  type Respond,
  type SeenRequest,
  type StandInProvider,
} from '../../test/helpers/stand-in-provider.ts';
import type { NameRequest } from '../naming/cluster-name.ts';
import { createOpenaiNamer } from './openai-namer.ts';

const opened: StandInProvider[] = [];
afterEach(async () => {
  for (const standIn of opened.splice(0)) await standIn.close();
});

async function namerFor(respond: Respond, retries = 0) {
  const standIn = await startStandIn(respond);
  opened.push(standIn);
  return {
    standIn,
    namer: createOpenaiNamer({ apiKey: 'k', baseURL: standIn.baseURL, model: 'chat-1', retries }),
  };
}

const request: NameRequest = {
  samples: ['red fox, snow'],
  terms: ['red fox'],
  lang: 'zh-CN',
  knownKeywords: ['animals'],
};
const completion = (content: string, finish = 'stop') => ({
  choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content } }],
});
const messagesOf = (seen: SeenRequest | undefined) => (seen?.body.messages ?? []) as { content: string }[];
const good = JSON.stringify({ title: '雪中赤狐', keywords: ['狐狸', '雪', '狐狸'] });

test('the model is asked for JSON of a form, in the language, with prompts as data', async () => {
  const { standIn, namer } = await namerFor((_, reply) => reply.answer(completion(good)));
  expect(await namer.name(request)).toEqual({ title: '雪中赤狐', keywords: ['狐狸', '雪'] });
  const [seen] = standIn.seen;
  expect(seen?.path).toBe('/v1/chat/completions');
  expect(seen?.body).toMatchObject({ model: 'chat-1', temperature: 0 });
  expect(seen?.body.response_format).toEqual({
    type: 'json_schema',
    json_schema: {
      name: 'cluster_name',
      strict: true,
      schema: {
        type: 'object',
        properties: { title: { type: 'string' }, keywords: { type: 'array', items: { type: 'string' } } },
        required: ['title', 'keywords'],
        additionalProperties: false,
      },
    },
  });
  const [system, user] = messagesOf(seen);
  expect(system?.content).toContain('Chinese');
  expect(JSON.parse(user?.content ?? '')).toEqual({
    prompts: ['red fox, snow'],
    distinguishing_terms: ['red fox'],
    known_keywords: ['animals'],
  });
});

test.each([
  ['in a code block', '```json\n' + good + '\n```'],
  ['between words', `Here you are: ${good} Anything else?`],
  ['after reasoning with drafts', `<think>Perhaps {"title":"x","keywords":["y"]} or {a}</think>\n\n${good}`],
  ['after reasoning whose beginning the template kept', `So {"title":"x"}...\n</think>\n${good}`],
  ['after reasoning in brackets', `[THINK]{"title":"x"}[/THINK]${good}`],
  ['after another channel', `<|channel|>analysis<|message|>{"title":"x"}<|channel|>final<|message|>${good}`],
  ['within reasoning that never ends', `<think>Let me see. ${good}`],
  ['after drafts', `First {"title":"x","keywords":["y"]}, better: ${good}`],
  ['before words with braces', `${good}\nHope this helps {smile}!`],
  ['after an unclosed quote', `He said "hi {there}.\n${good}`],
  ['in a list', `[${good}]`],
  ['in another object', `{"cluster_name":${good},"confidence":1}`],
  ['with a capital', good.replace('title', 'Title')],
  ['in lines with labels', '**Title:** 雪中赤狐\n**Keywords:** 狐狸, 雪'],
  ['in quotes of one kind', "{'title': '雪中赤狐',\n'keywords': '狐狸, 雪'}".replaceAll(/^\{|\}$/g, '')],
])('JSON %s is found', async (_, content) => {
  const { namer } = await namerFor((_seen, reply) => reply.answer(completion(content)));
  expect((await namer.name(request)).title).toBe('雪中赤狐');
});

test.each<[string, object]>([
  ['a list of parts', { content: [{ type: 'text', text: good }] }],
  [
    'parts of reasoning and text',
    {
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: '{"title":"x"}' }] },
        { type: 'text', text: good.slice(0, 9) },
        { type: 'text', text: good.slice(9) },
      ],
    },
  ],
  ['an object', { content: JSON.parse(good) as object }],
])('content that is %s is read', async (_, message) => {
  const { namer } = await namerFor((_seen, reply) =>
    reply.answer({ choices: [{ index: 0, finish_reason: 'stop', message }] }),
  );
  expect(await namer.name(request)).toEqual({ title: '雪中赤狐', keywords: ['狐狸', '雪'] });
});

test.each<[string, unknown, string[]]>([
  ['one text', 'castle, fog', ['castle', 'fog']],
  ['one text in Chinese', '城堡、雾', ['城堡', '雾']],
  ['left out', undefined, []],
  ['null', null, []],
  ['of several kinds', ['castle', 7, null, ' '], ['castle']],
])('keywords that are %s do not cost the title', async (_, keywords, expected) => {
  const { namer } = await namerFor((_seen, reply) =>
    reply.answer(completion(JSON.stringify({ title: 'Old Castles', keywords }))),
  );
  expect(await namer.name(request)).toEqual({ title: 'Old Castles', keywords: expected });
});

test('drafts of a model that ran out of words within its reasoning are no answer', async () => {
  const { namer } = await namerFor((_, reply) => reply.answer(completion(`<think>Maybe ${good}`, 'length')));
  await expect(namer.name(request)).rejects.toMatchObject({ code: 'invalid-answer' });
});

test('braces without end take no time', async () => {
  const { namer } = await namerFor((_, reply) => reply.answer(completion('{"a":'.repeat(200_000))));
  await expect(namer.name(request)).rejects.toMatchObject({
    code: 'invalid-answer',
    message: "the model's answer has another form: it holds no JSON object",
  });
});

test.each([
  ['words only', 'a fox', 'stop'],
  ['half of it', good.slice(0, 20), 'length'],
  ['nothing', '', 'stop'],
  ['no title', '{"keywords":["a"]}', 'stop'],
  ['an empty title', '{"title":"  ","keywords":["a"]}', 'stop'],
])('%s is an invalid answer', async (_, content, finish) => {
  const { standIn, namer } = await namerFor((_seen, reply) => reply.answer(completion(content, finish)));
  await expect(namer.name(request)).rejects.toMatchObject({ code: 'invalid-answer' });
  expect(standIn.seen.length).toBe(1);
});

test('after an invalid answer the model is asked again', async () => {
  let answered = 0;
  const { namer } = await namerFor((_, reply) => reply.answer(completion(answered++ === 0 ? 'hm' : good)), 1);
  expect((await namer.name(request)).title).toBe('雪中赤狐');
});

test('a server that takes neither schema nor temperature is asked in plain words, and from then on only so', async () => {
  const { standIn, namer } = await namerFor(({ body }, reply) => {
    if ('response_format' in body) reply.answer({ error: { message: 'unsupported parameter' } }, 400);
    else reply.answer(completion(good));
  });
  await namer.name(request);
  await namer.name(request);
  expect(
    standIn.seen.map(({ body }) => (body.response_format as { type: string } | undefined)?.type),
  ).toEqual(['json_schema', 'json_object', undefined, undefined]);
});

test('what the provider refuses in every form is rejected', async () => {
  const { standIn, namer } = await namerFor((_, reply) =>
    reply.answer({ error: { message: 'content policy' } }, 400),
  );
  await expect(namer.name(request)).rejects.toMatchObject({ code: 'rejected', status: 400 });
  expect(standIn.seen.length).toBe(3);
});

test('a tag that is no language is passed on as it is', async () => {
  const { standIn, namer } = await namerFor((_, reply) => reply.answer(completion(good)));
  await namer.name({ ...request, lang: 'not a tag' });
  const [system] = messagesOf(standIn.seen[0]);
  expect(system?.content).toContain('in not a tag.');
});
