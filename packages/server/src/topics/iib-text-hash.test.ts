import { expect, test } from 'vitest';

import { iibTextHash } from './iib-text-hash.ts';

// Hashes as IIB 1.9.0 computed them for these texts.
const fox =
  'a red fox, deep snow, (pine forest:1.2), masterpiece, best quality, 8k, <lora:snow_v2:0.8>\n' +
  'Negative prompt: blurry\nSteps: 20, Sampler: Euler a, Seed: 5';
const cases = [
  [
    fox,
    {
      balanced: '5c41976b66bcb4cceed16f30a929c6a6fab02c98254aa188cdf3334435a8cc1e',
      theme: 'b36981aaaa2b73cc32485ccd51fa8e93725165bdac3b10a9e3ea78cde65620a7',
      plain: '6317ac2822611e912014cf632a3a76babd9dd862f0e38143ad168209da167ba2',
    },
  ],
  [
    // Nothing is left but what is taken out, so that all of it is.
    'masterpiece, best quality',
    {
      balanced: 'c35d9706358e5f8e07e8bcb510c52ce5ee34ea41533a2428c4851914b117dc8d',
      theme: '85ce33404cd9d36da81e04e35254e43c59269feec3944fff373e2998611de8cb',
      plain: '2fd21e743a9bce566c4e88860238a5b6d63f3bde1bf03c879add29c36cb90d20',
    },
  ],
  [
    '一只猫，高清，电影质感，(窗台:1.3)',
    {
      balanced: '6adcdd6f68790d013fd065d83600c00905e2546f7867dec8fbce4d714642e66e',
      theme: 'da17d671c52692aa94c2ac1caed2a8fcd58bd1486a8a9b16056e2468665d0fb3',
      plain: 'b2b45a9a0b7c63e03b343c52a6509e2f5081138cc13918ba46480eab44adf193',
    },
  ],
  [
    '  highly-detailed photo; 35mm, f/1.8, iso 200, bokeh, a boat  ',
    {
      balanced: '0744a15ca48438f7ad48b1cd881b2010e0be29bde1c5f2bead07e379427dc1c8',
      theme: '8f7f95bdf3f0fe5b5a278b1090101cba80f524de476a4b008c6ee1b9edbcb3ad',
      plain: '0dfbb3de22a3f179acb690dc27395fa1a13ddd50c72e74067bb711b2173b03ac',
    },
  ],
] as const;

test.each(cases)('%j has the hashes that IIB stores', (text, hashes) => {
  for (const mode of ['balanced', 'theme', 'plain'] as const)
    expect([mode, iibTextHash(text, { mode, maxChars: 4000 })]).toEqual([mode, hashes[mode]]);
});

test('the limit counts characters, and is part of the hash only where it cuts', () => {
  const hash = (text: string, maxChars: number) => iibTextHash(text, { mode: 'balanced', maxChars });
  expect(hash(fox, 4000)).toBe(hash(fox, 2000));
  const long = 'a fox, '.repeat(100);
  expect(hash(long, 4000)).toBe('d8b98e281c28d23d8301209ca87425f5f3b17a85fcbc74559b5562cb53ec43b1');
  expect(hash(long, 256)).toBe('323487321e2ca2ab1751876466cf0390136aef0cf4d884f3f075d0883b58fc37');
  // Cut once more, at the most tokens of a request.
  expect(hash('猫'.repeat(9000), 8000)).toBe(
    'f441a29a463ac89db50e41d3e964ccd91afa194bb756e471d3b879227ba43dcd',
  );
});
