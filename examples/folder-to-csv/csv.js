/**
 * One row after RFC 4180, its line break included.
 * @param {readonly (string | number | undefined)[]} cells
 */
export function csvRow(cells) {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** @param {string | number | undefined} value */
function csvCell(value = '') {
  const text = typeof value === 'number' ? String(value) : harmless(value.replaceAll(UNPRINTABLE, '\ufffd'));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Control characters but for tab and line breaks, and halves of characters: RFC 4180 has no place for them. */
const UNPRINTABLE = /(?![\t\r\n])\p{Cc}|\p{Surrogate}/gu;

/**
 * A spreadsheet takes what begins like a formula for one, and whoever made the image wrote it; an apostrophe before
 * it makes it text (https://owasp.org/www-community/attacks/CSV_Injection).
 * @param {string} text
 */
function harmless(text) {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}
