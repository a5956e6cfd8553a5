// A question of a lesson and its answer as lines. They are apart, for whoever reads the one must not see the other. It knows
// nothing of what the reader chose before.
import type { Choice, Question } from '../course/lesson-blocks.ts';
import { blockLines, indented, joined, type TextView } from './block-lines.ts';

/** The prompt and the choices. */
export function questionLines({ prompt, choices }: Question, view: TextView): string[] {
  const lines = choices.map(({ letter, text }) => lettered(`${letter}) `, view, (inside) => blockLines(text, inside)));
  return joined([blockLines(prompt, view), ...together(lines)]);
}

/** What somebody is told who chose one of the choices. */
function explanationLines(choice: Choice, view: TextView): string[] {
  const { style } = view;
  const verdict = choice.isRight ? style.good('right') : style.bad('not so');
  return [
    `${choice.letter}) ${verdict}`,
    ...indented({ first: '   ' }, view, (inside) => blockLines(choice.explanation, inside)),
  ];
}

/** What somebody is told who chose one, and what the right one was. */
export function outcomeLines({ choices }: Question, chosen: Choice, view: TextView): string[] {
  const { style } = view;
  const explained = (title: string, { explanation }: Choice): string[] => [
    title,
    ...indented({ first: '   ' }, view, (inside) => blockLines(explanation, inside)),
  ];
  const right = choices.find(({ isRight }) => isRight);
  if (chosen.isRight || !right) return explained(style.good(`You chose ${chosen.letter}: right.`), chosen);
  return joined([
    explained(style.bad(`You chose ${chosen.letter}: not so.`), chosen),
    explained(style.good(`Right is ${right.letter}.`), right),
  ]);
}

/** Every choice with its explanation. */
export function answerLines({ choices }: Question, view: TextView): string[] {
  return joined(choices.map((choice) => explanationLines(choice, view)));
}

function lettered(first: string, view: TextView, inside: (view: TextView) => readonly string[]): string[] {
  return indented({ first, rest: ' '.repeat(first.length) }, view, inside);
}

/** Choices of one line each stand together. */
function together(lines: readonly string[][]): string[][] {
  return lines.every((line) => line.length <= 1) ? [lines.flat()] : [...lines];
}
