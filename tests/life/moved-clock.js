// Loaded before anything else by every thread of a server of a long life: its clock is LIFE_CLOCK milliseconds ahead.
const ahead = Number(process.env['LIFE_CLOCK'] ?? 0);
const RealDate = Date;

class MovedDate extends RealDate {
  constructor(/** @type {any[]} */ ...values) {
    if (values.length === 0) super(RealDate.now() + ahead);
    // @ts-expect-error: whatever a Date is made of
    else super(...values);
  }

  static now() {
    return RealDate.now() + ahead;
  }
}

if (ahead !== 0) globalThis.Date = /** @type {DateConstructor} */ (/** @type {unknown} */ (MovedDate));
