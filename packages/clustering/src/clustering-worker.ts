import { serveMethods } from '@iib-kit/threads';
import { clusteringMethods } from './clusters/clustering-methods.ts';

serveMethods(clusteringMethods);
