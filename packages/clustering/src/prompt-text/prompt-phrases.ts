const negativeMark = /^\s*negative prompt\s*:/im;
const parametersMark = /^\s*steps\s*:\s*\d+\s*(?:,|$)/im;
const loraTag = /<\s*(?:lora|lyco|lycoris|hypernet|hypernetwork|embedding|ti)\s*:[^<>]*>/gi;
const otherTag = /<[^<>\s:]+:[^<>]*>/g;
const embeddingWord = /\bembedding:\S+/gi;
const escaped = /\\([()[\]{}\\])/g;
const weight = /:\s*[-+]?\d*\.?\d+\s*(?=[)\]}])/g;
const brackets = /[()[\]{}]/g;
const keywords = /\b(?:BREAK|AND|ADDCOMM|ADDROW|ADDCOL|ADDBASE)\b/g;
const trailingWeight = /:\s*[-+]?\d*\.?\d+\s*$/;
const separators = /[,，、;；。\n\r|]+|\.(?=\s|$)/;
const edges = /^[\s"'`.:+\-*_~]+|[\s"'`.:+\-*_~]+$/g;

/** The positive part of a generation text: what is before the negative prompt and the parameters. */
export function positivePart(text: string): string {
  const end = [negativeMark, parametersMark]
    .map((mark) => text.search(mark))
    .filter((index) => index >= 0)
    .reduce((earliest, index) => Math.min(earliest, index), text.length);
  return text.slice(0, end);
}

/** The phrases of a positive prompt as written, without LoRA tags, weights and the syntax of emphasis. */
export function promptPhrases(positive: string): string[] {
  return positive
    .replace(loraTag, ',')
    .replace(otherTag, ' ')
    .replace(embeddingWord, ' ')
    .replace(escaped, ' ')
    .replace(weight, ' ')
    .replace(brackets, ' ')
    .replace(keywords, ',')
    .split(separators)
    .map((phrase) => phrase.replace(trailingWeight, '').replace(/\s+/g, ' ').replace(edges, ''))
    .filter((phrase) => /[\p{L}\p{N}]/u.test(phrase));
}

/** How phrases are compared: lower case, compatibility forms unified, underscores and hyphens as blanks. */
export function phraseKey(phrase: string): string {
  return phrase
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[_\-–—]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
