// The ledger's rows that lessons teach: which ids there are, and whether each is taught in exactly one lesson. It knows
// nothing of what the rows say.
import { type Course } from './course.ts';
import { type Lesson, lessonFile } from './lesson.ts';

/** Concepts, systems, figures, code samples, rules, questions: each numbered from 1 to the number here. */
const lastOf: Readonly<Record<string, number>> = { C: 96, S: 62, F: 74, X: 11, R: 102, Q: 17 };

/** Something wrong in the content, for whoever wrote it. */
export interface LedgerProblem {
  /** from the course's folder down, with `/` */
  readonly file: string;
  /** counted from 1; absent when no line is to blame */
  readonly line?: number;
  readonly message: string;
}

/** Every id of the ledger, two digits at least: `C01`, `R102`. */
export function allLedgerIds(): string[] {
  return Object.entries(lastOf).flatMap(([letter, last]) =>
    Array.from({ length: last }, (_, index) => `${letter}${String(index + 1).padStart(2, '0')}`),
  );
}

/** Ids that do not exist, that two lessons claim, and that no lesson teaches. */
export function checkLedger(course: Course): LedgerProblem[] {
  const ids = new Set(allLedgerIds());
  const problems: LedgerProblem[] = [];
  const taughtIn = new Map<string, Lesson>();
  for (const lesson of course.lessons) {
    const here = { file: lessonFile(lesson), line: lesson.ledgerLine };
    for (const id of lesson.ledger) {
      const first = taughtIn.get(id);
      if (!ids.has(id)) problems.push({ ...here, message: `the ledger has no ${id}` });
      else if (first === lesson) problems.push({ ...here, message: `${id} stands twice in this lesson` });
      else if (first)
        problems.push({ ...here, message: `${id} is taught in ${lessonFile(first)}:${first.ledgerLine} already` });
      else taughtIn.set(id, lesson);
    }
  }
  for (const id of ids) {
    if (!taughtIn.has(id)) problems.push({ file: 'lessons', message: `no lesson teaches ${id}` });
  }
  return problems;
}
