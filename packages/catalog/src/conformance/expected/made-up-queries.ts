import fc from 'fast-check';
import { folderNames, madeUpDays } from '../library/made-up-pictures.ts';
import type { MadeUpLibrary } from '../library/open-made-up.ts';

/** Words that stand alone, words that are none, and fields with what pictures have, nearly have and lack. */
const conditions = [
  [
    'red',
    'FOX',
    '"deep snow"',
    '"red, fox"',
    'ночь',
    '猫',
    '少女',
    '%',
    'a_b',
    'x',
    'q',
    '8K',
    '"OR"',
    '"-"',
  ],
  [
    'café',
    'cafe',
    'CAFE\u0301',
    'caf',
    'kafe',
    'e',
    'zebra',
    'οδοσ',
    'ΟΔΌΣ',
    'strasse',
    'kelvin',
    'istanbul',
    '🌙',
    'back\\slash',
  ],
  ['"say \\"hi\\""', "it's", '"(holding flower:1.2)"', '"line break"', '<lora:ink', 'firefox', 'fox,'],
  ['model:jugger', 'model="JuggernautXL_v9"', 'model:"-1 xl"', 'lora:ink', 'lora=ink', 'lora=fox', 'tag:fox'],
  ['tag="red FOX"', 'tag:nothing', 'tag:ÄFF', 'tag:100', 'tag="to print"', 'sampler:"euler a"', 'sampler:a'],
  ['source:comfy', 'source=comfyui', 'source=comfy', 'tag=猫', 'model:fox'],
  ['steps>20', 'steps>=20', 'steps<20', 'steps<=20', 'steps=20', 'steps:15..25', 'steps:..15', 'steps:25..'],
  [
    'cfg>1',
    'cfg:4.5',
    'cfg<4.6',
    'seed:42',
    'seed=0',
    'seed>7',
    'seed:9007199254740991',
    'seed:9007199254740993',
  ],
  [
    'width=512',
    'width:1..',
    'height>512',
    'height<=512',
    'size>1kb',
    'size>=1kb',
    'size<1025',
    'size:1k..2k',
  ],
  ['rating>=4', 'rating:0', 'rating<3', 'rating:1..4'],
  ['date:2024', 'date:2024-01', 'date:2024-02-29', 'date:..2023', 'date:2024-01-02..2024-01-03'],
  madeUpDays.flatMap((day) => [':', '>', '>=', '<', '<=', '='].map((sign) => `date${sign}${day}`)),
  ['type:image', 'type:video', 'type:audio', 'has:note', 'has:tag', 'has:seed', 'has:text', 'has:rating'],
  ['name:fox', 'name="red fox.png"', 'name=fox.png', 'name:library', 'path:a/b/fox', 'path:fox.png'],
  [
    'note:do',
    'note="TO DO"',
    'note:für',
    'generator:comfy',
    'generator=fooocus',
    'generator=comfy',
    'generator:ui',
  ],
].flat();

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

/**
 * Pieces of the texts and paths that there are, from within words and over their ends, of one character or more, as
 * they are or in another case; now and then one that is nowhere.
 */
export function needles({ pictures }: MadeUpLibrary): fc.Arbitrary<string> {
  const sources = pictures.flatMap(({ path, text }) => (text === '' ? [path] : [path, text]));
  return fc
    .record({
      source: fc.constantFrom(...sources),
      from: fc.nat(200),
      length: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 4, max: 20 })),
      change: fc.constantFrom(
        (piece: string) => piece,
        (piece: string) => piece.toUpperCase(),
        (piece: string) => piece.toLowerCase(),
        (piece: string) => piece.normalize('NFD'),
        (piece: string) => `${piece}ж`,
      ),
    })
    .map(({ source, from, length, change }) => {
      const characters = Array.from(source);
      const start = from % characters.length;
      return change(characters.slice(start, start + length).join(''));
    });
}

/** Expressions that begin or end with a piece of what there is, or have alternatives, classes and gaps. */
export function expressions(made: MadeUpLibrary): fc.Arbitrary<string> {
  const literal = needles(made).map((piece) => piece.replaceAll(/[$()*+./?[\\\]^{|}-]/g, '\\$&'));
  return fc.oneof(
    literal,
    literal.map((piece) => `^${piece}`),
    literal.map((piece) => `${piece}$`),
    literal.map((piece) => `\\d+.*${piece}`),
    fc.tuple(literal, literal).map(([first, second]) => `${first}.+${second}`),
    fc.tuple(literal, literal).map(([first, second]) => `(?:${first}|${second})`),
    literal.map((piece) => `(?:${piece})?[^\\s,]{3}$`),
    fc.constantFrom(
      '^f',
      '\\.PNG$',
      '^fox\\.png$',
      '[аеиоуы]',
      'fox|猫',
      '^$',
      '.',
      '\\bred\\b',
      'x{2}',
      '(.)\\1\\1',
    ),
  );
}

/** Query texts of every kind of condition, joined in every way. */
export function queries(made: MadeUpLibrary): fc.Arbitrary<string> {
  const condition = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...conditions) },
    { weight: 1, arbitrary: needles(made).map(quoted) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...folderNames, '猫', 'b', '')
        .map((folder) => `folder:${quoted(made.library.at(folder))}`),
    },
  );
  return fc.letrec<{ query: string; term: string }>((tie) => ({
    query: fc
      .array(tie('term'), { minLength: 1, maxLength: 3 })
      .chain((terms) =>
        fc
          .array(fc.constantFrom(' ', ' OR '), { minLength: terms.length, maxLength: terms.length })
          .map((signs) => terms.map((term, at) => (at === 0 ? term : `${signs[at]}${term}`)).join('')),
      ),
    term: fc.oneof(
      { maxDepth: 2 },
      condition,
      condition.map((one) => `-${one}`),
      tie('query').map((inner) => `(${inner})`),
      tie('query').map((inner) => `-(${inner})`),
    ),
  })).query;
}

/** Folders to keep to: mostly none are given. */
export const folderLists = ({ folders }: MadeUpLibrary): fc.Arbitrary<readonly string[] | undefined> =>
  fc.option(fc.subarray([...folders], { maxLength: 3 }), { nil: undefined, freq: 2 });

/** Few enough for many pages, and more than there are pictures. */
export const pageSizes = fc.constantFrom(3, 7, 20, 84, 200);
