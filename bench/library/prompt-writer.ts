import { rareName } from './rare-name.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Topic } from './topic.ts';
import { zipfRanks } from './zipf-ranks.ts';

const coreShare = 0.85;
const weightedShare = 0.12;
const rareShare = 0.08;
const names = 50_000;

/** A function that writes the prompts of one batch about a topic: core, boilerplate and free modifiers. */
export function promptWriter() {
  const rankOfName = zipfRanks(names, 1.05);
  const ranks = new Map<number, (random: SeededRandom) => number>();
  const phrase = (phrases: readonly string[], random: SeededRandom) => {
    const draw = ranks.get(phrases.length) ?? zipfRanks(phrases.length, 1);
    ranks.set(phrases.length, draw);
    return phrases[draw(random)] ?? '';
  };
  const several = (phrases: readonly string[], count: number, random: SeededRandom) =>
    Array.from({ length: count }, () => phrase(phrases, random));

  return (topic: Topic, random: SeededRandom): { prompt: string; negativePrompt: string } => {
    const { vocabulary, core } = topic;
    const [subject, ...others] = core;
    const parts = new Set([
      ...several(vocabulary.quality, 2 + random.below(6), random),
      subject,
      ...others.filter(() => random.chance(coreShare)),
      ...several(vocabulary.modifiers, 8 + random.below(14), random),
      ...(random.chance(rareShare * 4) ? [`art by ${rareName(rankOfName(random))}`] : []),
    ]);
    const weighted = [...parts].map((part) =>
      random.chance(weightedShare) ? withWeight(part, random) : part,
    );
    return {
      prompt: weighted.join(', '),
      negativePrompt: [...new Set(several(vocabulary.negative, 24 + random.below(40), random))].join(', '),
    };
  };
}

function withWeight(phrase: string, random: SeededRandom): string {
  return random.chance(0.5) ? `(${phrase}:1.${1 + random.below(4)})` : `(${phrase})`;
}
