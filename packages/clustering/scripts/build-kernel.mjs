// Compiles src/vectors/dot-kernel.wat into src/vectors/dot-kernel-code.ts, so that users need no compiler.
import { readFileSync, writeFileSync } from 'node:fs';
import wabt from 'wabt';

const source = new URL('../src/vectors/dot-kernel.wat', import.meta.url);
const target = new URL('../src/vectors/dot-kernel-code.ts', import.meta.url);
const compiler = await wabt();
const module = compiler.parseWat('dot-kernel.wat', readFileSync(source, 'utf8'), { simd: true });
const code = Buffer.from(module.toBinary({}).buffer).toString('base64');
const lines = code.match(/.{1,96}/g).map((line) => `  '${line}'`);
writeFileSync(
  target,
  `// Written by \`npm run build:kernel\` from dot-kernel.wat.\n\n/** The kernel as WebAssembly, in base64. */\nexport const dotKernelCode =\n${lines.join(' +\n')};\n`,
);
