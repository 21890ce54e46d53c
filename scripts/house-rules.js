/**
 * What each name may import: a package other packages, a room other rooms.
 *
 * @typedef {Record<string, readonly string[]>} Table
 * @typedef {{ packages: Table, rooms: Record<string, Table> }} House
 */

/**
 * What is wrong with an import, if anything.
 *
 * @param {{ from: string, to: string }} files both from the root; the second may be the name of a package
 * @param {House} house
 * @returns {string | undefined}
 */
export function importProblem({ from, to }, { packages, rooms }) {
  const importing = packageOf(from);
  const imported = packageOf(to);
  if (importing === undefined || imported === undefined) return undefined;
  if (importing !== imported) {
    return packages[importing]?.includes(imported)
      ? undefined
      : `${from} > ${to}: ${importing} may not import ${imported}`;
  }
  const table = rooms[importing];
  // By its own name a package imports what it offers to everybody.
  if (table === undefined || !to.startsWith(`packages/${importing}/src/`)) return undefined;
  const room = roomOf(from, importing, table);
  const other = roomOf(to, importing, table);
  if (room === undefined) return `${from} is in no room of house.config.js`;
  if (other === undefined) return `${to} is in no room of house.config.js`;
  if (room === other || table[room]?.includes(other)) return undefined;
  return `${from} > ${to}: the room ${room} may not import ${other}`;
}

/**
 * The first way that leads back to its beginning, if a table allows one.
 *
 * @param {Table} table
 * @returns {string[] | undefined}
 */
export function circleIn(table) {
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {(path: string[]) => string[] | undefined} */
  const circleFrom = (path) => {
    const last = path.at(-1) ?? '';
    const start = path.indexOf(last);
    if (start < path.length - 1) return path.slice(start);
    if (done.has(last)) return undefined;
    for (const next of table[last] ?? []) {
      const circle = circleFrom([...path, next]);
      if (circle !== undefined) return circle;
    }
    done.add(last);
    return undefined;
  };
  for (const name of Object.keys(table)) {
    const circle = circleFrom([name]);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

/**
 * @param {string} file
 * @returns {string | undefined}
 */
export function packageOf(file) {
  return /(?:^packages|@iib-kit)\/(?<name>[\w-]+)(?!\/node_modules|[\w-])/u.exec(file)?.groups?.['name'];
}

/**
 * The innermost room that holds a file, or the file itself if it has a line; `.` for the files right in `src`.
 *
 * @param {string} file
 * @param {string} name
 * @param {Table} table
 */
function roomOf(file, name, table) {
  const inside = file.slice(`packages/${name}/src/`.length);
  if (inside in table) return inside;
  if (!inside.includes('/')) return '.' in table ? '.' : undefined;
  const holding = Object.keys(table).filter((room) => inside.startsWith(`${room}/`));
  return holding.sort((a, b) => b.length - a.length)[0];
}
