import { serveMethods } from '@iib-kit/threads';

import { listingMethods } from './listing-methods.ts';

serveMethods(listingMethods);
