// node scripts/decisions-index.js [--check]: writes decisions/README.md, the notes by subject, from their headings.
// With --check nothing is written: it fails when the page is not what it would be, or when a note breaks the form.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The order of the page; a note names one of these. */
const subjects = [
  'Build, tests and releases',
  'Metadata',
  'Index database',
  'Indexing',
  'Search',
  'Thumbnails',
  'Clustering and topics',
  'Server',
  'Files',
  'Client',
  'Web application',
];

const introduction = `# Decisions

Why things are as they are: one note for each choice that surprises, or that somebody would otherwise make again.
This page is written by \`node scripts/decisions-index.js\` from the headings of the notes.

A new note takes the next number and begins like this; its file is named after number and title:

<!-- example: only checked: the form of a note -->

\`\`\`text
# 34. The subject and what was chosen, in one plain sentence

- Status: accepted
- Date: 2026-11-21
- Subject: one of the headings below
\`\`\`

A note that no longer holds keeps its text and gets the status \`superseded by [N](file of N)\`.
How the [search index](../docs/design/search-index.md), [indexing](../docs/design/indexing.md) and
[rendering](../docs/design/rendering.md) work today, with what was measured on the way, has a page each.
`;

const form =
  /^# (?<number>\d+)\. (?<title>[^\n]+)\n\n- Status: (?<status>accepted|superseded by \[(?<by>\d+)\]\((?<file>[^)]+)\))\n- Date: (?<date>\d{4}-\d\d-\d\d)\n- Subject: (?<subject>[^\n]+)\n\n/u;

const folder = fileURLToPath(new URL('../decisions/', import.meta.url));
const page = join(folder, 'README.md');
const names = readdirSync(folder)
  .filter((name) => name !== 'README.md')
  .sort();
/** @type {string[]} */
const problems = [];
const notes = names.flatMap((name) => readNote(name) ?? []);
for (const [index, { number, name }] of notes.entries())
  if (notes[index - 1]?.number === number) problems.push(`decisions/${name}: the number ${number} is taken`);

const index = `${introduction}\n${subjects.map((subject) => sectionOf(subject)).join('\n')}`;
if (!process.argv.includes('--check')) writeFileSync(page, index);
else if (readFileSync(page, 'utf8') !== index)
  problems.push('decisions/README.md is out of date: run node scripts/decisions-index.js');

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** @param {string} name */
function readNote(name) {
  const heading = form.exec(readFileSync(join(folder, name), 'utf8'))?.groups;
  if (heading === undefined) {
    problems.push(`decisions/${name} does not begin with number and title, status, date and subject`);
    return undefined;
  }
  const { number = '', title = '', subject = '', by, file } = heading;
  const expected = `${number.padStart(4, '0')}-${slugOf(title)}.md`;
  if (name !== expected) problems.push(`decisions/${name} should be named ${expected}, after its title`);
  if (!subjects.includes(subject)) problems.push(`decisions/${name}: "${subject}" is not a subject`);
  if (by !== undefined && !(names.includes(file ?? '') && file?.startsWith(by.padStart(4, '0'))))
    problems.push(`decisions/${name} is superseded by a note that is not there`);
  return { name, number: Number(number), title, subject, by };
}

/** @param {string} title */
function slugOf(title) {
  return title
    .toLowerCase()
    .replaceAll("'", '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
}

/** @param {string} subject */
function sectionOf(subject) {
  const lines = notes
    .filter((note) => note.subject === subject)
    .map(({ number, title, name, by }) => {
      const link = `- [${number}. ${title}](${name})`;
      return by === undefined ? link : `${link} (superseded by ${by})`;
    });
  return `## ${subject}\n\n${lines.join('\n')}\n`;
}
