import { describe, expect, it } from 'vitest';
import { readSample } from '../../test/helpers/read-sample.ts';
import { readMetadataSync } from '../read-metadata.ts';

describe('real files that nobody generated, or that lost what they said', () => {
  it.each([
    'Bush-dog.jpg',
    'CA.jpg',
    'IMG_20180725_163423-tiny.jpg',
    'eraser.png',
    'heic-single.heic',
    'img_1771.jpg',
    'no-metadata.jpg',
  ])('%s has no description', (file) => {
    const { generator, generation, alternatives } = readMetadataSync(readSample(`not-generated/${file}`));
    expect([generator, generation, alternatives]).toEqual([undefined, undefined, []]);
  });
});
