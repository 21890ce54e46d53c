import { checkConformance } from '@iib-kit/catalog/conformance';
import * as vitest from 'vitest';
import { openEngine } from '../helpers/open-engine.ts';

checkConformance(vitest, openEngine, [
  'annotations',
  'autoTagRules',
  'customTags',
  'fileMoves',
  'ownTexts',
  'settings',
  'tags',
  'upkeep',
]);
