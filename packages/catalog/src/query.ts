export { parseQuery } from './query/parse-query.ts';
export {
  type NumberField,
  numberFields,
  type NumberRange,
  type PresenceFilter,
  presenceFilters,
  type QueryNode,
  type TagField,
  tagFields,
  type TextField,
  textFields,
} from './query/query-node.ts';
