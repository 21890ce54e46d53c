import { qualityWords } from '../prompt-text/boilerplate.ts';
import { phraseKey, promptPhrases } from '../prompt-text/prompt-phrases.ts';

const mostWords = 4;
const mostCharacters = 40;
const words = /[\p{L}\p{M}\p{N}']+/gu;
const stopWords = new Set(
  `a an the of in on at to with and or for from by as is are was were be been being it its his her their our your this that
  these those into over under very while where which who whose has have had do does not no only also than then there here
  through against between among around behind before after above below near each every some any all both few more most other
  such same own up down out off again wearing holding looking standing sitting`.split(/\s+/),
);

/**
 * The terms of a prepared prompt, each once: short phrases as they are, of longer ones the telling words and pairs of
 * neighbouring telling words; praise of quality, which prompts without commas hold too, is not telling.
 */
export function textTerms(text: string): Set<string> {
  const terms = new Set<string>();
  for (const phrase of promptPhrases(text)) {
    const key = phraseKey(phrase);
    const units = key.match(words) ?? [];
    if (units.length <= mostWords && key.length <= mostCharacters) {
      if (isTelling(key)) terms.add(key);
      continue;
    }
    let previous = '';
    for (const unit of units) {
      const telling = isTelling(unit) && !qualityWords.has(unit);
      if (telling) terms.add(unit);
      if (telling && previous !== '') terms.add(`${previous} ${unit}`);
      previous = telling ? unit : '';
    }
  }
  return terms;
}

function isTelling(term: string): boolean {
  return (
    !stopWords.has(term) && /\p{L}/u.test(term) && (term.length > 2 || /[^\p{Script=Latin}\p{N}]/u.test(term))
  );
}
