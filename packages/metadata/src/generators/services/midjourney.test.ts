import { describe, expect, it } from 'vitest';
import { ascii } from '../../../test/helpers/build-tiff.ts';
import { buildXmp, iptcNamespace } from '../../../test/helpers/build-xmp.ts';
import { readDescription } from '../../../test/helpers/read-description.ts';
import { exifJpeg, rawUtf8Png, xmpPng } from '../../../test/helpers/tool-files.ts';

const job = '6f1b0c36-2b4e-4a1d-9a53-0d3f0f4c9b11';

describe('Midjourney', () => {
  it('reads prompt, options and job from a PNG', () => {
    const file = rawUtf8Png({
      Description: `a teahouse in fog, 茶室 --ar 16:9 --no people, cars --seed 4294967295 --v 6.1 --stylize 250 --tile Job ID: ${job}`,
      Author: 'someone',
      'Creation Time': 'Tue, 05 Mar 2024 10:11:12 GMT',
    });
    expect(readDescription(file)).toEqual({
      generator: 'midjourney',
      generation: {
        prompt: 'a teahouse in fog, 茶室',
        negativePrompt: 'people, cars',
        seed: '4294967295',
        model: { name: 'Midjourney 6.1' },
        date: 'Tue, 05 Mar 2024 10:11:12 GMT',
        parameters: {
          'Job ID': job,
          Author: 'someone',
          ar: '16:9',
          v: '6.1',
          stylize: '250',
          tile: '',
        },
      },
    });
  });

  it('reads a Niji picture and a long dash that an editor made of two', () => {
    const file = rawUtf8Png({ Description: `sea —niji 6 —chaos 10 Job ID: ${job}` });
    expect(readDescription(file).generation).toEqual({
      prompt: 'sea',
      model: { name: 'Niji 6' },
      parameters: { 'Job ID': job, niji: '6', chaos: '10' },
    });
  });

  it('reads a prompt without options, with hyphens of its own', () => {
    const file = exifJpeg({ ifd0: [ascii(0x010e, `well-lit sci-fi room - wide Job ID: ${job}`)] });
    expect(readDescription(file)).toEqual({
      generator: 'midjourney',
      generation: { prompt: 'well-lit sci-fi room - wide', parameters: { 'Job ID': job } },
    });
  });

  it('takes the job from XMP where the description does not name it', () => {
    const xmp = (description: string) =>
      xmpPng(
        buildXmp(
          { dc: 'http://purl.org/dc/elements/1.1/', ext: iptcNamespace },
          `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${description}</rdf:li></rdf:Alt></dc:description><ext:DigImageGUID>${job}</ext:DigImageGUID>`,
        ),
      );
    expect(readDescription(xmp('наутилус --v 7 --sref 1234'))).toEqual({
      generator: 'midjourney',
      generation: {
        prompt: 'наутилус',
        model: { name: 'Midjourney 7' },
        parameters: { 'Job ID': job, v: '7', sref: '1234' },
      },
    });
    expect(readDescription(xmp('a photo from the archive')).generator).toBeUndefined();
  });

  it('leaves a description without a job alone', () => {
    expect(readDescription(rawUtf8Png({ Description: 'a fox --ar 1:1' })).generator).toBeUndefined();
  });
});
