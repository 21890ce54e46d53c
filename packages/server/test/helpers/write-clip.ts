import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A WebM (VP9) of three frames of 64 x 36 pixels: red, green, blue and yellow in its four quarters. */
const clip = Buffer.from(
  'GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQJChYECGFOAZwEAAAAAAAJMEU2bdLpNu4tTq4QVSalmU6yBoU27i1OrhBZUrmtTrIHYTb' +
    'uMU6uEElTDZ1OsggEpTbuMU6uEHFO7a1OsggI27AEAAAAAAABZAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' +
    'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAVSalmsirXsYMPQkBNgI1MYXZmNjIuMTkuMTAxV0GNTGF2ZjYyLj' +
    'E5LjEwMUSJiEBywAAAAAAAFlSua8yuAQAAAAAAAEPXgQFzxYjwA196hBkTsJyBACK1nIN1bmSIgQCGhVZfVlA5g4EB4I2wgUC6gSRVsIRVuYEB' +
    'Ve6BAOwBAAAAAAAAAgAAElTDZ9hzc6BjwIBnyJpFo4dFTkNPREVSRIeNTGF2ZjYyLjE5LjEwMXNzsmPAi2PFiPADX3qEGROwZ8ihRaOIRFVSQV' +
    'RJT05Eh5MwMDowMDowMC4zMDAwMDAwMDAAH0O2dUCq54EAo/mBAACAgkmDQgAD8AI2ADgkHBhCAAAwYAAAeLn//oTr///+8G/////2jJmlg7B0' +
    'pJ3kFQf/3GvF6CR/df+pxFjZ0nHUsX/Sx///4OH/////cU2dkKKfr/qZGaL/mzDH/+5exZFT//+EFjQNVGpSVqQiYtRAHbFqeWsAo5SBAGQAhg' +
    'BAkpwASUAAAyAAAFQAAKOUgQDIAIYAQJKcAErAAAMgAABUAAAcU7trkbuPs4EAt4r3gQHxggGG8IED',
  'base64',
);

/** Writes the clip; with a `mark` of at most 126 bytes it is a file of other content that shows the same. */
export async function writeClip(file: string, mark?: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, mark === undefined ? clip : Buffer.concat([clip, voidElement(mark)]));
}

/** An element that players of WebM pass over. */
function voidElement(text: string): Buffer {
  const content = Buffer.from(text);
  return Buffer.concat([Buffer.from([0xec, 0x80 | content.length]), content]);
}
