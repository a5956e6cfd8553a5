// What the documents claim, in the course's words: the claims that demos judge on the learner's machine. It knows nothing
// of measurements.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CourseError } from './course-error.ts';

/**
 * What kind of statement it is. `measurable`: a demo can judge it, once there is one. Of the others no number says whether
 * they are so: a `rating`, something about `history`, a `contradiction` between the documents.
 */
export type ClaimKind = (typeof kinds)[number];

const kinds = ['measurable', 'rating', 'history', 'contradiction'] as const;

export interface Claim {
  /** `F04`, a row of the ledger */
  readonly id: string;
  /** one sentence */
  readonly says: string;
  readonly kind: ClaimKind;
}

/** The table of claims, from the course's folder down. */
const claimsFile = 'lessons/claims.json';

/**
 * Reads the table of claims.
 * @param root the course's folder
 * @returns in order of their ids
 * @throws CourseError that names the entry
 */
export function loadClaims(root: string): Claim[] {
  const entries = readTable(root);
  const claims = entries.map(checkClaim);
  for (const [index, { id }] of claims.entries())
    if (claims.findIndex((claim) => claim.id === id) !== index) throw wrong(`${id} stands in it twice`);
  return claims.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function readTable(root: string): readonly unknown[] {
  let table: unknown;
  try {
    table = JSON.parse(readFileSync(join(root, claimsFile), 'utf8'));
  } catch (error) {
    throw wrong(`it cannot be read (${(error as Error).message})`);
  }
  if (!Array.isArray(table)) throw wrong('it is no list');
  return table;
}

function checkClaim(entry: unknown, index: number): Claim {
  const { id, says, kind = 'measurable' } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  const known = kinds.find((one) => one === kind);
  if (typeof id !== 'string' || !/^F\d\d$/.test(id)) throw wrong(`entry ${index + 1} has no id such as F04`);
  if (typeof says !== 'string' || says.trim() === '') throw wrong(`${id} says nothing`);
  if (!known) throw wrong(`${id} is of no kind that is known here (${kinds.join(', ')})`);
  return { id, says, kind: known };
}

function wrong(what: string): CourseError {
  return new CourseError(`${claimsFile}: ${what}.`, 'Mend it; CONTRIBUTING.md has its format.');
}
