import { seededRandom } from '../../src/seeded-random.ts';

const topics = [
  ['red fox', 'deep snow', 'pine forest', 'winter morning', 'watercolor'],
  ['old lighthouse', 'stormy sea', 'rocks', 'seagulls', 'oil painting'],
  ['samurai', 'katana', 'cherry blossoms', 'temple gate', 'ink wash'],
  ['space station', 'astronaut', 'earth from orbit', 'solar panels', 'concept art'],
  ['汉服少女', '油纸伞', '江南水乡', '石桥', '国风插画'],
  ['steam locomotive', 'mountain viaduct', 'autumn trees', 'thick smoke', 'vintage postcard'],
  ['street market', 'spice stalls', 'lanterns', 'crowd at night', 'film photo'],
  ['ice dragon', 'frozen lake', 'aurora borealis', 'scales', 'fantasy art'],
];
const modifiers = [
  'soft lighting',
  'depth of field',
  'detailed background',
  'bokeh',
  'vibrant colors',
  'from above',
  'close-up',
  'wide shot',
  'golden hour',
  'film grain',
  'fog',
  'motion blur',
];

/** Prompts about eight topics, each with most of its topic's phrases among boilerplate and free modifiers. */
export function madePrompts(count: number, seed = 1): { texts: string[]; topics: number[] } {
  const random = seededRandom(seed);
  const made: { texts: string[]; topics: number[] } = { texts: [], topics: [] };
  for (let index = 0; index < count; index++) {
    const topic = Math.floor(random() * topics.length);
    const [subject = '', ...others] = topics[topic] ?? [];
    const phrases = [
      'masterpiece',
      'best quality',
      subject,
      ...others.filter(() => random() < 0.85),
      ...modifiers.filter(() => random() < 0.3),
    ];
    made.texts.push(`${phrases.join(', ')}\nNegative prompt: lowres, bad hands\nSteps: 20, Seed: ${index}`);
    made.topics.push(topic);
  }
  return made;
}
