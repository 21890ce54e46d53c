import { describe, expect, test } from 'vitest';

import { refersElsewhere } from './svg-references.ts';

const svg = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${inside}</svg>`;

describe('refersElsewhere', () => {
  test.each([
    svg('<image href="photo.png"/>'),
    svg('<image width="5"\n  xlink:href = \'file:///etc/passwd\' />'),
    svg('<use href="other.svg#part"/>'),
    svg('<feImage href="https://example.com/a.png"/>'),
    svg('<rect style="fill: url(http://example.com/a.svg#f)"/>'),
    svg('<style>@import "a.css";</style>'),
    svg('<xi:include href="/etc/hostname" parse="text"/>'),
    `<?xml-stylesheet href="a.css"?>${svg('')}`,
    `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>${svg('&x;')}`,
  ])('finds what would be fetched in %s', (text) => {
    expect(refersElsewhere(text)).toBe(true);
  });

  test.each([
    svg('<rect fill="url(#gradient)"/><use xlink:href="#part"/>'),
    svg('<image href="data:image/png;base64,AAAA"/>'),
    `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">${svg('')}`,
    svg('<a href="https://example.com"><text>a link leads away when it is clicked</text></a>'),
    svg('<rect fill="url(\'#quoted\')"/>'),
    `<!DOCTYPE svg [<!ENTITY colour "#00f">]>${svg('<rect fill="&colour;"/>')}`,
  ])('lets pass what stays inside in %s', (text) => {
    expect(refersElsewhere(text)).toBe(false);
  });
});
