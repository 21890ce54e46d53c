import ts from 'typescript';

/**
 * A small change to a source that its tests should notice.
 *
 * @typedef {object} Mutant
 * @property {string} file
 * @property {number} line
 * @property {number} start Where the code begins that is replaced.
 * @property {number} end
 * @property {string} from The code.
 * @property {string} to What stands in its place.
 * @property {'expression' | 'element' | 'property'} place How both are written into one source.
 */

/** @type {Readonly<Record<string, readonly string[]>>} */
const otherOperators = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
};

/** A table has at least so many rows. */
const fewestRows = 3;

/**
 * Everything that may be changed in a source.
 *
 * @param {string} file
 * @param {string} code
 * @returns {Mutant[]}
 */
export function findMutants(file, code) {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  /** @type {Mutant[]} */
  const found = [];
  const add = (
    /** @type {ts.Node} */ node,
    /** @type {string} */ to,
    /** @type {Mutant['place']} */ place,
  ) => {
    const start = node.getStart(source);
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ file, line, start, end: node.end, from: node.getText(source), to, place });
  };
  const visit = (/** @type {ts.Node} */ node) => {
    if (isOnlyTypes(node) || isProse(node)) return;
    for (const to of replacements(node, source)) add(node, to, 'expression');
    for (const row of rowsOf(node)) add(row, '', ts.isArrayLiteralExpression(node) ? 'element' : 'property');
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

/** @param {ts.Node} node */
function isOnlyTypes(node) {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node)
  );
}

/**
 * What only people read.
 *
 * @param {ts.Node} node
 */
function isProse(node) {
  return ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === 'description';
}

/**
 * @param {ts.Node} node
 * @param {ts.SourceFile} source
 * @returns {string[]}
 */
function replacements(node, source) {
  const text = (/** @type {ts.Node} */ part) => part.getText(source);
  if (ts.isBinaryExpression(node)) {
    const others = otherOperators[text(node.operatorToken)] ?? [];
    return others.map((other) => `(${text(node.left)}) ${other} (${text(node.right)})`);
  }
  if (ts.isAwaitExpression(node)) return [text(node.expression)];
  if (ts.isCallExpression(node)) return isStatement(node) && !isSuper(node) ? ['undefined'] : [];
  if (ts.isLiteralExpression(node) || isBoolean(node)) {
    const other = otherConstant(node, source);
    return other === undefined ? [] : [other];
  }
  return isCondition(node) ? [`!(${text(node)})`] : isResult(node) ? ['undefined'] : [];
}

/** @param {ts.Node} node */
function isStatement(node) {
  const holder = ts.isAwaitExpression(node.parent) ? node.parent.parent : node.parent;
  return ts.isExpressionStatement(holder);
}

/** @param {ts.CallExpression} node */
function isSuper(node) {
  return node.expression.kind === ts.SyntaxKind.SuperKeyword;
}

/** @param {ts.Node} node */
function isBoolean(node) {
  return node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
}

/** @param {ts.Node} node */
function isCondition(node) {
  const { parent } = node;
  return (
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node)
  );
}

/** @param {ts.Node} node */
function isResult(node) {
  const { parent } = node;
  return (
    (ts.isReturnStatement(parent) && parent.expression === node) ||
    (ts.isArrowFunction(parent) && parent.body === node && !ts.isBlock(node))
  );
}

/**
 * @param {ts.Node} node
 * @param {ts.SourceFile} source
 */
function otherConstant(node, source) {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return undefined;
  if (ts.isEnumMember(parent)) return undefined;
  const text = node.getText(source);
  if (isBoolean(node)) return text === 'true' ? 'false' : 'true';
  if (ts.isNumericLiteral(node)) return `${text} + 1`;
  if (ts.isBigIntLiteral(node)) return `${text} + 1n`;
  const isValue =
    ts.isPropertyAssignment(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isVariableDeclaration(parent);
  return ts.isStringLiteral(node) && isValue && node.text !== '' ? "''" : undefined;
}

/**
 * The rows of a table: of a list or an object outside of functions.
 *
 * @param {ts.Node} node
 * @returns {readonly ts.Node[]}
 */
function rowsOf(node) {
  const rows = ts.isArrayLiteralExpression(node)
    ? node.elements
    : ts.isObjectLiteralExpression(node)
      ? node.properties
      : [];
  if (rows.length < fewestRows || isInFunction(node)) return [];
  return rows.filter((row) => !ts.isSpreadElement(row) && !ts.isSpreadAssignment(row) && !isProse(row));
}

/** @param {ts.Node} node */
function isInFunction(node) {
  return ts.findAncestor(node, ts.isFunctionLike) !== undefined;
}
