import { serveMethods } from '../../src/index.ts';
import { SampleError } from './sample-methods.ts';

serveMethods(Promise.reject(new SampleError('no-start', 'It cannot start', [])));
