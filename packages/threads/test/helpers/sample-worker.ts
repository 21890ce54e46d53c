import { serveMethods } from '../../src/index.ts';
import { sampleMethods } from './sample-methods.ts';

serveMethods(sampleMethods);
