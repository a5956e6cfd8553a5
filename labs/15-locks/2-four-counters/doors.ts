// What two words of a counter may say while visitors come. Nothing that the learner writes runs here.

/** Visitors who are counted together, and what they pay together. */
export interface Party {
  readonly visitors: number;
  readonly cents: number;
}

/**
 * Throws unless the words say all who are surely counted, and nobody who has not come.
 * @param parties for each door, in the order in which they come
 * @param begun how many of them each door has begun to count: it is through with all of these but the last one
 */
export function checkCounters(
  [visitors, cents]: Int32Array,
  parties: readonly (readonly Party[])[],
  begun: Int32Array,
): void {
  const most = inAll(parties.flatMap((door, id) => door.slice(0, begun[id])));
  const least = inAll(parties.flatMap((door, id) => door.slice(0, Math.max(0, begun[id]! - 1))));
  const say = `and the counters say ${visitors} visitors and ${cents} cents`;
  const paid = (party: Party): string =>
    `${party.visitors} ${party.visitors === 1 ? 'visitor' : 'visitors'} with ${party.cents} cents`;
  if (visitors! > most.visitors || cents! > most.cents)
    throw new Error(`Up to now ${paid(most)} came, ${say}: more than there can be.`);
  if (visitors! < least.visitors || cents! < least.cents)
    throw new Error(`By now ${paid(least)} were counted, ${say}: somebody was lost.`);
}

/** Throws unless the words say all who have come. */
export function checkTotals(
  [visitors, cents]: Int32Array,
  parties: readonly (readonly Party[])[],
  begun: Int32Array,
): void {
  const all = inAll(parties.flatMap((door, id) => door.slice(0, begun[id])));
  if (visitors !== all.visitors || cents !== all.cents)
    throw new Error(
      `${all.visitors} visitors paid ${all.cents} cents, and the counters say ${visitors} visitors and ${cents} cents.`,
    );
}

function inAll(parties: readonly Party[]): Party {
  return parties.reduce((sum, party) => ({ visitors: sum.visitors + party.visitors, cents: sum.cents + party.cents }), {
    visitors: 0,
    cents: 0,
  });
}
