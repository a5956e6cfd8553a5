// How each claim of the documents stands on this machine: pure, from the table of claims, the demos that judge them and
// what progress keeps of these. It knows nothing of how that is shown.
import type { Claim } from '../course/claims.ts';
import type { Lesson } from '../course/lesson.ts';
import type { DemoPlan, PlannedClaim } from '../timing/plan.ts';
import type { Estimate } from '../timing/statistics.ts';
import type { Verdict } from '../timing/verdict.ts';
import type { PlannedDemo } from './demo-plans.ts';
import type { DemoReport } from './kept-report.ts';
import type { DatedReport, ReportOf } from './reports.ts';

export type ClaimVerdict = Verdict | 'not-measured';

/** A sentence that one demo judges: the claim, or a part of it, so that a number decides. */
export interface Statement {
  readonly demo: string;
  readonly says: string;
  readonly verdict: ClaimVerdict;
  /** why the verdict is what it is: a sentence without its full stop */
  readonly why: string;
  /** in words, with the interval */
  readonly measured: string | null;
  /** null for a magnitude that was not measured; without a unit it is a ratio */
  readonly estimate: (Estimate & { readonly unit: string | null }) | null;
  readonly at: number | null;
  /** `2 cores, Linux, Node 24.21` */
  readonly machine: string | null;
}

export interface ClaimStanding extends Claim {
  /** the one that teaches it */
  readonly lesson: Pick<Lesson, 'id' | 'title' | 'isWritten'> | undefined;
  /** of all statements that were measured; of some that hold and some that do not it is within-limits */
  readonly verdict: ClaimVerdict;
  /** why nothing was measured; '' otherwise */
  readonly why: string;
  /** in words; null when nothing was */
  readonly measured: string | null;
  readonly statements: readonly Statement[];
}

/** @returns one for each claim, in their order */
export function claimStandings(
  claims: readonly Claim[],
  { lessons, plans, reportOf }: { lessons: readonly Lesson[]; plans: readonly PlannedDemo[]; reportOf: ReportOf },
): ClaimStanding[] {
  return claims.map((claim): ClaimStanding => {
    const lesson = lessons.find(({ ledger }) => ledger.includes(claim.id));
    const statements = plans.flatMap(({ demo, plan }) =>
      plan.claims
        .filter((planned) => planned.claim === claim.id)
        .map((planned) => statementOf(demo.id, plan, planned, reportOf(demo.id))),
    );
    const measured = statements.flatMap((statement) => statement.measured ?? []);
    const verdict = together(statements);
    return {
      ...claim,
      lesson,
      verdict,
      why: verdict === 'not-measured' ? whyNot(claim, lesson, statements) : '',
      measured: measured.length > 0 ? measured.join('; ') : null,
      statements,
    };
  });
}

function statementOf(demo: string, plan: DemoPlan, planned: PlannedClaim, dated: DatedReport | undefined): Statement {
  const { says } = planned;
  const unknown = {
    demo,
    says,
    verdict: 'not-measured',
    measured: null,
    estimate: null,
    at: null,
    machine: null,
  } as const;
  if (!dated) return { ...unknown, why: `demo ${demo} has not run on this machine yet` };
  const { report, at } = dated;
  const { python, machine } = report;
  const judged = report.verdicts.find((one) => one.claim === planned.claim && one.says === says);
  if (!judged) {
    const isMissing = python !== undefined && 'missing' in python && isInPython(plan, planned);
    return {
      ...unknown,
      at,
      why: isMissing ? withoutFullStop(python.missing) : `demo ${demo} has changed since it was run`,
    };
  }
  if (judged.reason === 'not-measured') return { ...unknown, at, why: `demo ${demo} did not come to it in its time` };
  return {
    demo,
    says,
    verdict: judged.verdict,
    why: judged.why,
    measured: judged.measured,
    estimate: estimateOf(report, planned),
    at,
    machine: machine ?? null,
  };
}

function estimateOf({ ratios, variants }: DemoReport, { ratio, variant }: PlannedClaim): Statement['estimate'] {
  const ofRatio = ratios.find(({ name }) => name === ratio);
  const found = ofRatio ?? variants.find(({ name }) => name === variant);
  if (!found) return null;
  const { median, low, high, unit } = found;
  return { median, low, high, unit: ofRatio ? null : unit };
}

/** Whether it is about something that runs in Python. */
function isInPython({ variants, ratios }: DemoPlan, { ratio, variant }: PlannedClaim): boolean {
  const sides = ratios.filter(({ name }) => name === ratio).flatMap(({ of, over }) => [of, over]);
  const about = new Set([...sides, variant]);
  return variants.some(({ name, inPython }) => inPython === true && about.has(name));
}

function together(statements: readonly Statement[]): ClaimVerdict {
  const verdicts = new Set(statements.map(({ verdict }) => verdict));
  verdicts.delete('not-measured');
  const [only = 'not-measured'] = verdicts;
  if (verdicts.size < 2) return only;
  const isSoInPart = verdicts.has('holds') || verdicts.has('within-limits');
  if (isSoInPart && verdicts.has('does-not-hold')) return 'within-limits';
  return verdicts.has('too-noisy') ? 'too-noisy' : 'within-limits';
}

const kindReasons: Readonly<Record<Claim['kind'], string>> = {
  measurable: '',
  rating: 'it is a rating, which no number settles',
  history: 'it is about dates, which are looked up and not measured',
  contradiction: 'the documents disagree among themselves; your own numbers say who is nearer',
};

function whyNot({ kind }: Claim, lesson: ClaimStanding['lesson'], statements: readonly Statement[]): string {
  if (statements.length > 0) return [...new Set(statements.map(({ why }) => why))].join('; ');
  if (kind !== 'measurable') return kindReasons[kind];
  if (!lesson) return 'no lesson teaches it';
  return lesson.isWritten ? `no demo of lesson ${lesson.id} measures it` : `lesson ${lesson.id} is not written yet`;
}

function withoutFullStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
