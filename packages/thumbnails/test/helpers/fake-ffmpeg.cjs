// Stands in for an ffmpeg program: tells of a film of 10 seconds that begins black and then has four colours.
const args = process.argv.slice(2);
const input = args.indexOf('-i');
const before = args.slice(0, input);

const valueOf = (name, list) => list[list.indexOf(name) + 1];
// What is not said before the input does not bind it.
if (valueOf('-protocol_whitelist', before) !== 'file') throw new Error('protocols are not limited');
if (!valueOf('-format_whitelist', before).includes('matroska')) throw new Error('formats are not limited');
if (!args[input + 1].startsWith('file:')) throw new Error('a name may be taken for an address');

const content = require('node:fs').readFileSync(args[input + 1].slice('file:'.length), 'latin1');
if (content === 'only sound') {
  process.stderr.write(`Input #0, matroska,webm, from '${args[input + 1]}':
  Stream #0:0: Audio: opus, 48000 Hz, mono, fltp\n`);
  process.exit(1);
}
if (content !== 'what only the program understands') {
  process.stderr.write(`${args[input + 1]}: Invalid data found when processing input\n`);
  process.exit(1);
}

if (args.at(-1) !== '-') {
  process.stderr.write(`Input #0, matroska,webm, from '${args[input + 1]}':
  Duration: 00:00:10.00, start: 0.000000, bitrate: 38 kb/s
  Stream #0:0: Video: h264 (High), yuv420p(tv), 320x180 [SAR 1:1 DAR 16:9], 25 fps, 25 tbr, 1k tbn
At least one output file must be specified\n`);
  process.exit(1);
}

const [width, height] = valueOf('-vf', args).replace('scale=', '').split(':').map(Number);
const black = Number(valueOf('-ss', before)) < 1;
const colours = [
  [220, 30, 30, 255],
  [30, 180, 40, 255],
  [30, 50, 210, 255],
  [230, 210, 40, 255],
];
const pixels = Buffer.alloc(width * height * 4);
for (let y = 0; y < height; y++) {
  for (let x = 0; x < width; x++) {
    const quarter = (y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1);
    pixels.set(black ? [0, 0, 0, 255] : colours[quarter], (y * width + x) * 4);
  }
}
process.stdout.write(pixels);
