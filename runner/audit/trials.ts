// The programs that prove a lab, each with what must become of it: the starter, the solution, and the variants in right/
// and wrong/. It reads folders and first lines and judges nothing.
import { join } from 'node:path';
import { labPath, type Lab } from '../course/lab.ts';
import type { Layer } from '../subject/submission.ts';
import { readCaughtBy, type CaughtBy } from './caught-by.ts';
import { filesLike, kindOf, readText } from './content-files.ts';
import type { Problem } from './problem.ts';

export interface Trial {
  readonly lab: Lab;
  readonly kind: 'starter' | 'solution' | 'right' | 'wrong';
  /** what messages name: the file, or the folder's file that has the header */
  readonly file: string;
  /** `solutions/.../wrong/all-at-once.ts`, from the course's folder down */
  readonly shown: string;
  readonly layers: readonly Layer[];
  /** of a wrong one whose header can be read */
  readonly caughtBy: CaughtBy | undefined;
}

export interface Trials {
  readonly trials: readonly Trial[];
  /** how many variants there are, those with an unreadable header included */
  readonly wrong: number;
  readonly right: number;
  readonly problems: readonly Problem[];
}

const fewestWrong = 5;
const fewestRight = 2;

/** @param root the course's folder */
export function trialsOf(lab: Lab, root: string): Trials {
  const starter = `labs/${labPath(lab)}`;
  const solution = `solutions/${labPath(lab)}`;
  const missing = [starter, solution].flatMap((folder) =>
    lab.files
      .filter((file) => kindOf(root, `${folder}/${file}`) !== 'file')
      .map((file) => ({ file: `${folder}/${file}`, message: 'is missing; lab.json lists it in "files"' })),
  );
  const suite = `${starter}/lab.test.ts`;
  if (kindOf(root, suite) !== 'file') missing.push({ file: suite, message: 'is missing' });
  const problems: Problem[] = [...missing];
  const files = filesLike(root, `${solution}/**/*`).map((file) => file.slice(solution.length + 1));
  const own = files.filter((file) => file !== 'WHY.md' && !/^(?:right|wrong)\//.test(file));
  const base: Layer = { folder: join(root, solution), only: own };
  const first = lab.files[0] ?? '';
  const trial = { lab, caughtBy: undefined };
  const trials: Trial[] = [
    {
      ...trial,
      kind: 'starter',
      file: `${starter}/${first}`,
      shown: starter,
      layers: [{ folder: lab.folder, only: lab.files }],
    },
    { ...trial, kind: 'solution', file: `${solution}/${first}`, shown: solution, layers: [base] },
  ];
  const found = { right: 0, wrong: 0 };
  for (const kind of ['right', 'wrong'] as const) {
    const variants = variantsIn(root, `${solution}/${kind}`, files, first);
    for (const { path, header, layer } of variants) {
      const caughtBy =
        kind === 'wrong' ? readCaughtBy(readText(root, header) ?? '', Object.keys(lab.tests)) : undefined;
      if (typeof caughtBy === 'string') problems.push({ file: header, line: 1, message: caughtBy });
      else trials.push({ lab, kind, file: header, shown: path, layers: [base, layer], caughtBy });
    }
    found[kind] = variants.length;
    problems.push(...tooFew(solution, kind, variants.length));
  }
  // Without a suite there is nothing to prove, without a solution nothing to lay the rest over.
  return { trials: missing.length > 0 ? [] : trials, ...found, problems };
}

interface Variant {
  readonly path: string;
  /** the file in which the header stands */
  readonly header: string;
  readonly layer: Layer;
}

/** `NAME.ts` stands for the lab's first file, a folder `NAME/` is laid over the solution's files. */
function variantsIn(root: string, folder: string, files: readonly string[], first: string): Variant[] {
  const kind = folder.slice(folder.lastIndexOf('/') + 1);
  const inside = files.filter((file) => file.startsWith(`${kind}/`)).map((file) => file.slice(kind.length + 1));
  const names = [...new Set(inside.map((file) => file.split('/')[0] ?? ''))];
  return names.sort().map((name) => {
    const path = `${folder}/${name}`;
    if (inside.includes(name)) return { path, header: path, layer: { file: join(root, path) } };
    const own = inside.filter((file) => file.startsWith(`${name}/`)).map((file) => file.slice(name.length + 1));
    const header = own.includes(first) ? first : (own[0] ?? first);
    return { path, header: `${path}/${header}`, layer: { folder: join(root, path) } };
  });
}

function tooFew(solution: string, kind: 'right' | 'wrong', found: number): Problem[] {
  const [fewest, each] =
    kind === 'wrong' ? [fewestWrong, 'a mistake that learners make'] : [fewestRight, 'another way to solve it'];
  if (found >= fewest) return [];
  return [{ file: `${solution}/${kind}`, message: `has ${found} of at least ${fewest} variants, each ${each}` }];
}
