// The table of claims: each row of the ledger's claims once, in our own words, with the documents' figures. Where the ledger
// is not at hand (it is no part of the project), what needs it is skipped.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadClaims } from '../../runner/course/claims.ts';
import { loadCourse } from '../../runner/course/course.ts';
import { allLedgerIds } from '../../runner/course/ledger-ids.ts';
import { courseRoot } from '../../runner/course/paths.ts';
import { loadPlans } from '../../runner/measured/demo-plans.ts';
import { temporaryFolder, write } from '../course/course-fixture.ts';
import { runsOf, wordsOf } from '../lessons/eight-word-runs.ts';

const claims = loadClaims(courseRoot);

test('each claim of the ledger stands in the table once, as one sentence', () => {
  expect(claims.map(({ id }) => id)).toEqual(allLedgerIds().filter((id) => id.startsWith('F')));
  for (const { says } of claims) expect(says).toMatch(/^[^a-z]?[A-Za-z0-9][^.!?]*(\.\d[^.!?]*)*\.$/);
});

test('each demo of the course can be loaded, and judges only claims that are in the table', async () => {
  const demos = loadCourse().lessons.flatMap((lesson) => lesson.demos);
  const { plans, problems } = await loadPlans(demos);
  expect(problems).toEqual([]);
  expect(plans.map(({ demo }) => demo.id)).toEqual(demos.map(({ id }) => id));
  const ids = new Set(claims.map(({ id }) => id));
  const judged = plans.flatMap(({ plan }) => plan.claims.map(({ claim }) => claim));
  expect(judged.length).toBeGreaterThan(10);
  expect(judged.filter((id) => !ids.has(id))).toEqual([]);
  // The names stand in one table, as short as its column.
  const things = plans.flatMap(({ plan }) => (plan.keeps ?? []).map(({ thing }) => thing));
  expect(things.filter((thing) => thing.length > 28)).toEqual([]);
});

test.each([
  ['no JSON', '{', 'lessons/claims.json: it cannot be read ('],
  ['no list', '{}', 'lessons/claims.json: it is no list.'],
  ['an id', '[{"id": "C01", "says": "So."}]', 'lessons/claims.json: entry 1 has no id such as F04.'],
  ['no object', '[null]', 'lessons/claims.json: entry 1 has no id such as F04.'],
  ['silence', '[{"id": "F01", "says": " "}]', 'lessons/claims.json: F01 says nothing.'],
  ['a kind', '[{"id": "F01", "says": "So.", "kind": "truth"}]', 'lessons/claims.json: F01 is of no kind that is known'],
  [
    'twice',
    '[{"id": "F01", "says": "So."}, {"id": "F01", "says": "So."}]',
    'lessons/claims.json: F01 stands in it twice',
  ],
])('refused: %s', (_, text, message) => {
  const root = temporaryFolder();
  write(root, { 'lessons/claims.json': text });
  expect(() => loadClaims(root)).toThrow(message);
});

const ledgerFile = join(courseRoot, '../shared/ledger.md');
const isThere = existsSync(ledgerFile);
const ledger = isThere ? readFileSync(ledgerFile, 'utf8') : '';
const absent = isThere ? '' : ' (skipped: the ledger is not here)';

/** Of a row of the ledger: what is claimed, and how the ledger judges it. */
const rows = [...ledger.matchAll(/^\| (F\d\d) \| ([^|]*) \|[^|]*\| ([^|]*) \|/gm)].map(([, id, said, judged]) => ({
  id,
  said: said ?? '',
  judged: judged ?? '',
}));

test.skipIf(!isThere)(`the table has the ledger's claims with their figures${absent}`, () => {
  expect(rows.map(({ id }) => id)).toEqual(claims.map(({ id }) => id));
  const figures = (text: string) => new Set(text.replaceAll(/\bF\d\d\b/g, '').match(/\d+(?:\.\d+)?/g));
  const missing = rows.flatMap(({ said }, index) => {
    const { id, says = '' } = claims[index] ?? {};
    return [...figures(said)].filter((figure) => !figures(says).has(figure)).map((figure) => `${id} lacks ${figure}`);
  });
  expect(missing).toEqual([]);
});

test.skipIf(!isThere)(`what the ledger takes for an opinion is no matter of measuring${absent}`, () => {
  const settledByNumbers = rows.filter(({ judged }) => !/^(OPINION|DATED|DISPUTABLE|CONTRADICTION)/.test(judged));
  const measurable = claims.filter(({ kind }) => kind === 'measurable').map(({ id }) => id);
  // F40 is true, and a date.
  expect(settledByNumbers.map(({ id }) => id).filter((id) => id !== 'F40')).toEqual(measurable);
});

test.skipIf(!isThere)(`it takes no eight words in a row from the ledger${absent}`, () => {
  const taken = new Set(runsOf(wordsOf(ledger)).map(({ hash }) => hash));
  expect(taken.size).toBeGreaterThan(10_000);
  expect(claims.filter(({ says }) => runsOf(wordsOf(says)).some(({ hash }) => taken.has(hash)))).toEqual([]);
});
