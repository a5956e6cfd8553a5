// What a learner has done with each lab and lesson, and what was measured on this machine, kept in a file of SQLite so
// that two tutors may run at once and a kill loses nothing. Progress is never worth stopping a course for: when the file
// cannot be used, it is kept in memory until the process ends (steady-database.ts), and `problem` says so. It knows nothing
// of lessons, hints, verdicts or reports beyond their names.
import { join } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import { learnerHome } from '../course/paths.ts';
import { type Contents, mergeContents, readContents } from './contents.ts';
import { thisMachine } from './machine.ts';
import type {
  Answer,
  DrillAnswer,
  KeptReport,
  LabStatus,
  Place,
  Progress,
  RecordedVerdict,
  WrongPrediction,
} from './records.ts';
import { SteadyDatabase } from './steady-database.ts';

// Whoever uses progress needs both.
export type * from './records.ts';

/** Each trace of work on a lab, as `lab` and `at`. */
const workOnLabs = `SELECT lab, at FROM attempts UNION ALL SELECT lab, at FROM hints UNION ALL SELECT lab, at FROM solutions_seen`;

/** Reports of earlier versions do not say where they were made: most learners have one machine. */
const isOfMachine = "CASE WHEN json_valid(report) THEN coalesce(report ->> 'measuredOn', ?2) = ?2 ELSE 0 END";

export function progressFile(env: NodeJS.ProcessEnv): string {
  return join(learnerHome(env), '.interleave', 'progress.sqlite');
}

/**
 * Opens the learner's progress, and makes the file when there is none.
 * @param now milliseconds since 1970
 * @param machine what is measured is kept for; measurements of others are not to be seen
 */
export function openProgress(
  env: NodeJS.ProcessEnv = process.env,
  now: () => number = Date.now,
  machine: () => string = thisMachine,
): Progress {
  return new ProgressStore(progressFile(env), now, machine);
}

class ProgressStore implements Progress {
  readonly #now: () => number;
  readonly #machine: () => string;
  readonly #database: SteadyDatabase;

  constructor(path: string, now: () => number, machine: () => string) {
    this.#now = now;
    this.#machine = machine;
    this.#database = new SteadyDatabase(path);
  }

  get problem(): string | undefined {
    return this.#database.problem;
  }

  get isKept(): boolean {
    return this.#database.isKept;
  }

  recordVerdict(labId: string, verdict: RecordedVerdict, ms: number): void {
    this.#record(
      `the verdict on ${labId}`,
      'INSERT INTO attempts (lab, at, verdict, ms) VALUES (?, ?, ?, ?)',
      labId,
      this.#now(),
      verdict,
      ms,
    );
  }

  recordHint(labId: string, rung: number): void {
    this.#record(
      `hint ${rung} of ${labId}`,
      `INSERT INTO hints (lab, rung, at) VALUES (?, ?, ?)
       ON CONFLICT (lab) DO UPDATE SET rung = excluded.rung, at = excluded.at WHERE excluded.rung > rung`,
      labId,
      rung,
      this.#now(),
    );
  }

  recordSolutionSeen(labId: string): void {
    this.#record(
      `your look at the solution of ${labId}`,
      'INSERT OR IGNORE INTO solutions_seen (lab, at) VALUES (?, ?)',
      labId,
      this.#now(),
    );
  }

  status(labId: string): LabStatus {
    if (this.#count("SELECT count(*) AS n FROM attempts WHERE lab = ? AND verdict = 'passed'", labId) > 0)
      return 'passed';
    const traces = this.#count('SELECT count(*) AS n FROM attempts WHERE lab = ?', labId) + this.hintsTaken(labId);
    return traces > 0 || this.hasSeenSolution(labId) ? 'started' : 'new';
  }

  hintsTaken(labId: string): number {
    return this.#count('SELECT max(rung) AS n FROM hints WHERE lab = ?', labId);
  }

  hasSeenSolution(labId: string): boolean {
    return this.#count('SELECT count(*) AS n FROM solutions_seen WHERE lab = ?', labId) > 0;
  }

  lastLab(): string | undefined {
    const row = this.#row(`SELECT lab FROM (${workOnLabs}) ORDER BY at DESC LIMIT 1`);
    return row === undefined ? undefined : String(row.lab);
  }

  recordPosition(lessonId: string, anchor: string): void {
    this.#record(
      `your page in lesson ${lessonId}`,
      `INSERT INTO positions (lesson, anchor, at) VALUES (?, ?, ?)
       ON CONFLICT (lesson) DO UPDATE SET anchor = excluded.anchor, at = excluded.at`,
      lessonId,
      anchor,
      this.#now(),
    );
  }

  position(lessonId: string): string | undefined {
    const row = this.#row('SELECT anchor FROM positions WHERE lesson = ?', lessonId);
    return row === undefined ? undefined : String(row.anchor);
  }

  recordAnswer(lessonId: string, question: string, { choice, isRight, isPrediction }: Answer): void {
    this.#record(
      `your answer to "${question}"`,
      'INSERT INTO answers (lesson, question, at, choice, is_right, is_prediction) VALUES (?, ?, ?, ?, ?, ?)',
      lessonId,
      question,
      this.#now(),
      choice,
      Number(isRight),
      Number(isPrediction),
    );
  }

  answers(lessonId: string): ReadonlyMap<string, Answer & { readonly at: number }> {
    // An import may bring older ones later: the time says which is the latest.
    const sql = 'SELECT * FROM answers WHERE lesson = ? ORDER BY at, id';
    const rows = this.#database.use((database) => database.prepare(sql).all(lessonId));
    return new Map(
      rows.map(({ question, choice, is_right, is_prediction, at }) => [
        String(question),
        { choice: String(choice), isRight: is_right === 1, isPrediction: is_prediction === 1, at: Number(at) },
      ]),
    );
  }

  wrongPredictions(): readonly WrongPrediction[] {
    const rows = this.#database.use((database) =>
      database
        .prepare(
          `SELECT lesson, question, choice, at FROM answers AS one WHERE is_prediction = 1 AND is_right = 0
             AND NOT EXISTS (SELECT 1 FROM answers AS later WHERE later.lesson = one.lesson
               AND later.question = one.question AND (later.at, later.id) > (one.at, one.id))
           ORDER BY at, id`,
        )
        .all(),
    );
    return rows.map(({ lesson, question, choice, at }) => ({
      lesson: String(lesson),
      question: String(question),
      choice: String(choice),
      at: Number(at),
    }));
  }

  recordMeasurement(demoId: string, report: object): void {
    const sql = 'INSERT INTO measurements (demo, at, report) VALUES (?, ?, ?)';
    this.#record(`the measurement of ${demoId}`, sql, demoId, this.#now(), this.#withMachine(report));
  }

  measurement(demoId: string): KeptReport | undefined {
    const quickOnesLast = "coalesce(report ->> 'pace', '') = 'quick'";
    return this.#report(
      `SELECT at, report FROM measurements WHERE demo = ?1 AND ${isOfMachine}
       ORDER BY ${quickOnesLast}, at DESC, id DESC LIMIT 1`,
      demoId,
    );
  }

  recordTiming(labId: string, report: object): void {
    this.#record(
      `the timing of ${labId}`,
      'INSERT INTO timings (lab, at, report) VALUES (?, ?, ?)',
      labId,
      this.#now(),
      this.#withMachine(report),
    );
  }

  timing(labId: string): KeptReport | undefined {
    return this.#report(
      `SELECT at, report FROM timings WHERE lab = ?1 AND ${isOfMachine} ORDER BY at DESC, id DESC LIMIT 1`,
      labId,
    );
  }

  recordDrill(drill: string, { seed, level, isRight, isFixed }: DrillAnswer): void {
    this.#record(
      `your answer to drill ${seed}`,
      'INSERT INTO drills (drill, seed, level, at, is_right, is_fixed) VALUES (?, ?, ?, ?, ?, ?)',
      drill,
      seed,
      level,
      this.#now(),
      Number(isRight),
      Number(isFixed),
    );
  }

  drillAnswers(drill: string): readonly DrillAnswer[] {
    const sql = 'SELECT seed, level, is_right, is_fixed FROM drills WHERE drill = ? ORDER BY at, id';
    const rows = this.#database.use((database) => database.prepare(sql).all(drill));
    return rows.map(({ seed, level, is_right, is_fixed }) => ({
      seed: Number(seed),
      level: Number(level),
      isRight: is_right === 1,
      isFixed: is_fixed === 1,
    }));
  }

  lastPlace(): Place | undefined {
    const row = this.#row(
      `SELECT lab, lesson, anchor FROM (
         SELECT lab, NULL AS lesson, NULL AS anchor, at FROM (${workOnLabs})
         UNION ALL SELECT NULL AS lab, lesson, anchor, at FROM positions
       ) ORDER BY at DESC LIMIT 1`,
    );
    if (row === undefined) return undefined;
    const { lab, lesson, anchor } = row;
    if (lab !== null) return { kind: 'lab', lab: String(lab) };
    return { kind: 'lesson', lesson: String(lesson), anchor: String(anchor) };
  }

  contents(): Contents {
    return this.#database.use(readContents);
  }

  merge(contents: Contents): number {
    return this.#database.use((database) => mergeContents(database, contents), 'what was imported');
  }

  close(): void {
    this.#database.close();
  }

  /** @param what is recorded, in words, for the case that it cannot be kept */
  #record(what: string, sql: string, ...values: SQLInputValue[]): void {
    this.#database.use((database) => database.prepare(sql).run(...values), what);
    this.#database.backUp();
  }

  #count(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#row(sql, ...values)?.n ?? 0);
  }

  #report(sql: string, id: string): KeptReport | undefined {
    const row = this.#row(sql, id, this.#machine());
    if (row === undefined) return undefined;
    const { measuredOn: _, ...report } = (JSON.parse(String(row.report)) ?? {}) as Record<string, unknown>;
    return { at: Number(row.at), report };
  }

  #withMachine(report: object): string {
    return JSON.stringify({ ...report, measuredOn: this.#machine() });
  }

  #row(sql: string, ...values: SQLInputValue[]) {
    return this.#database.use((database) => database.prepare(sql).get(...values));
  }
}
