import { rareName } from './rare-name.ts';
import type { SeededRandom } from './seeded-random.ts';
import { chinese, english, type Vocabulary } from './vocabulary.ts';

/** What somebody keeps making pictures of: the phrases that most of its prompts share. */
export interface Topic {
  readonly id: number;
  readonly vocabulary: Vocabulary;
  /** The subject first: it is in every prompt of the topic, the others in most. */
  readonly core: readonly [subject: string, ...others: string[]];
}

const chineseShare = 0.12;
const namedShare = 0.35;

/** Topics that share words with each other, as topics in one person's library do, but never the whole core. */
export function makeTopics(count: number, random: SeededRandom): Topic[] {
  const taken = new Set<string>();
  const topics: Topic[] = [];
  while (topics.length < count) {
    const topic = makeTopic(topics.length, random);
    const identity = topic.core.slice(0, 4).join('|');
    if (taken.has(identity)) continue;
    taken.add(identity);
    topics.push(topic);
  }
  return topics;
}

/** A topic for one prompt only, as one-off experiments are. */
export function makeTopic(id: number, random: SeededRandom): Topic {
  const vocabulary = random.chance(chineseShare) ? chinese : english;
  const details = [
    random.pick(vocabulary.details),
    random.pick(vocabulary.details),
    random.pick(vocabulary.details),
  ];
  const name = random.chance(namedShare) ? [rareName(random.below(50_000))] : [];
  return {
    id,
    vocabulary,
    core: [
      random.pick(vocabulary.subjects),
      random.pick(vocabulary.settings),
      ...new Set(details),
      random.pick(vocabulary.styles),
      ...name,
    ],
  };
}
