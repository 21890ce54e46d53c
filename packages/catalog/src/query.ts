export { parseQuery } from './query/parse-query.ts';
export {
  type NumberField,
  numberFields,
  type NumberRange,
  type Possession,
  possessions,
  type QueryNode,
  type TagField,
  tagFields,
  type TextField,
  textFields,
} from './query/query-node.ts';
