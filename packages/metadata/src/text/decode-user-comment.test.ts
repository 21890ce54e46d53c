import { assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, utf16, utf8 } from '../../test/helpers/bytes.ts';
import { decodeUserComment } from './decode-user-comment.ts';

const chinese = '一个女孩在森林里坐着看书阳光穿过树叶落在她的头发上';

test.each([
  ['UTF-16 big-endian (A1111)', bytes('UNICODE\0', utf16('a cat', 'big')), 'a cat'],
  ['UTF-16 little-endian (SwarmUI)', bytes('UNICODE\0', utf16('a cat', 'little')), 'a cat'],
  ['UTF-8 after UNICODE (Exif 3.0)', bytes('UNICODE\0', utf8('a cät')), 'a cät'],
  ['only Chinese, big-endian', bytes('UNICODE\0', utf16(chinese, 'big')), chinese],
  ['only Chinese, little-endian', bytes('UNICODE\0', utf16(chinese, 'little')), chinese],
  [
    'Chinese first, ASCII later',
    bytes('UNICODE\0', utf16(`${chinese}, Steps: 20`, 'big')),
    `${chinese}, Steps: 20`,
  ],
  ['only Chinese in UTF-8', bytes('UNICODE\0', utf8(chinese)), chinese],
  ['a byte order mark', bytes('UNICODE\0', 0xff, 0xfe, utf16('cat', 'little')), 'cat'],
  ['ASCII', bytes('ASCII\0\0\0', 'a cat'), 'a cat'],
  ['UTF-8 labelled ASCII', bytes('ASCII\0\0\0', utf8('猫')), '猫'],
  ['eight NUL bytes', bytes(new Uint8Array(8), 'a cat'), 'a cat'],
  ['a label in lower case', bytes('unicode\0', utf16('a cat', 'big')), 'a cat'],
  ['no label', utf8('{"c": "a cat"}'), '{"c": "a cat"}'],
  ['no label and UTF-16', utf16('a cat', 'little'), 'a cat'],
  ['Latin-1', bytes('caf\u00e9'), 'café'],
  ['a trailing NUL', bytes('ASCII\0\0\0', 'a cat', 0), 'a cat'],
  ['nothing', new Uint8Array(0), ''],
  ['a label alone', bytes('UNICODE\0'), ''],
])('decodes %s', (_, comment, text) => {
  expect(decodeUserComment(comment)).toBe(text);
});

test('gives back every text with some ASCII in it, in either byte order', () => {
  assert(
    property(string({ unit: 'grapheme', maxLength: 60 }), constantFrom('big', 'little'), (text, order) => {
      const infotext = `${text.replaceAll('\0', '').replaceAll('\uFEFF', '')}\nSteps: 20`;
      const comment = bytes('UNICODE\0', utf16(infotext, order));
      expect(decodeUserComment(comment)).toBe(infotext);
    }),
  );
});
