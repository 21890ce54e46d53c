// How `changeset version` writes CHANGELOG.md: each change with its commit, and one line for all dependencies.

/** @param {{ summary: string, commit?: string }} change */
async function getReleaseLine({ summary, commit }) {
  const [first = '', ...rest] = summary.trim().split('\n');
  const lines = [`- ${first}${commit ? ` (${commit.slice(0, 7)})` : ''}`, ...rest.map((line) => `  ${line}`)];
  return lines.map((line) => line.trimEnd()).join('\n');
}

/**
 * @param {unknown} _changesets
 * @param {{ name: string, newVersion: string }[]} updated
 */
async function getDependencyReleaseLine(_changesets, updated) {
  if (updated.length === 0) return '';
  return `- Depends on ${updated.map(({ name, newVersion }) => `\`${name}\` ${newVersion}`).join(', ')}.`;
}

module.exports = { getReleaseLine, getDependencyReleaseLine };
