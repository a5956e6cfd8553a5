// What a lab asks for, as its README says it. It knows nothing of how it is shown.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CourseError } from './course-error.ts';
import { type Lab, labPath } from './lab.ts';

/** All of them Markdown. */
export interface Task {
  /** what stands between the title and the first `## ` */
  readonly goal: string;
  /** the section "What is observed"; '' when there is none */
  readonly observed: string;
  /** the whole README without its title */
  readonly whole: string;
}

/** @throws CourseError when there is no README */
export function readTask(lab: Lab): Task {
  const file = `labs/${labPath(lab)}/README.md`;
  try {
    return parseTask(readFileSync(join(lab.folder, 'README.md'), 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CourseError(
      `${file} cannot be read (${code}).`,
      'Each lab has a README.md; CONTRIBUTING.md describes it.',
    );
  }
}

export function parseTask(markdown: string): Task {
  const whole = markdown.replace(/^\s*# .*\r?\n/, '').trim();
  const sections = whole.split(/^(?=## )/m);
  const observed = sections.find((section) => /^## +what is observed\b/i.test(section)) ?? '';
  return {
    goal: whole.startsWith('## ') ? '' : (sections[0] ?? '').trim(),
    observed: observed.replace(/^.*(\r?\n|$)/, '').trim(),
    whole,
  };
}
