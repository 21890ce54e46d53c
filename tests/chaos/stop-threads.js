// Loaded before anything else by every thread and process of a test run with IIB_TEST_CHAOS: each stands still as it starts
// and now and then, as on a machine that does much else.
import { threadId } from 'node:worker_threads';

import { stops } from './stops.js';

const cell = new Int32Array(new SharedArrayBuffer(4));
const standStill = (/** @type {number} */ milliseconds) => void Atomics.wait(cell, 0, 0, milliseconds);

const own = stops(`${process.env['IIB_TEST_CHAOS']} ${threadId} ${process.argv.slice(1).join(' ')}`);
standStill(own.next().value.stands);

function goOn() {
  const { runs, stands } = own.next().value;
  const timer = setTimeout(() => {
    standStill(stands);
    goOn();
  }, runs);
  // It keeps nothing alive.
  timer.unref();
}
goOn();
