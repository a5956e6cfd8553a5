// What stands on a page of a lesson where the reader can do something: answer, measure, run a program; and what came of it
// when they did. Pure.
import type { ProgramWay } from '../course/fence-info.ts';
import type { Choice, Question } from '../course/lesson-blocks.ts';
import { blockLines, indented, joined, proseColumns } from '../terminal/block-lines.ts';
import { escapeText } from '../terminal/escape.ts';
import { inlineSpans } from '../terminal/inline-spans.ts';
import type { LessonView } from '../terminal/lesson-lines.ts';
import { outcomeLines, questionLines } from '../terminal/question-lines.ts';
import { foldSpans, wrapSpans, type Span } from '../terminal/spans.ts';
import { wrap } from '../terminal/wrap.ts';
import { demoLines } from '../timing/demo-lines.ts';
import { chosenBy, predictionOf, type Book, type Problem, type Reading } from './reader-state.ts';

const indent = '   ';

interface AtQuestion {
  readonly reading: Reading;
  /** what is right is told below what was predicted */
  readonly isToldLater: boolean;
}

export function questionPlace(question: Question, view: LessonView, { reading, isToldLater }: AtQuestion): string[] {
  const { style } = view;
  const chosen = chosenBy(reading, question);
  const skipped = `Skipped; ${lettersOf(question)} still answers it.`;
  const told = chosen && isToldLater ? [style.strong(`You chose ${chosen.letter}.`)] : undefined;
  return joined([
    [style.heading(question.isPrediction ? 'Predict' : 'Check yourself')],
    questionLines(question, view),
    told ??
      (chosen ? outcomeLines(question, chosen, view) : reading.skipped.has(question) ? [style.quiet(skipped)] : []),
  ]);
}

/** A prediction beside what is right, with the reasons. */
export function comparisonLines(question: Question, view: LessonView, reading: Reading): string[] {
  const chosen = chosenBy(reading, question);
  if (!chosen) return [];
  const right = question.choices.find(({ isRight }) => isRight) ?? chosen;
  const explained = (title: string[], { explanation }: Choice): string[] => [
    ...title,
    ...indented({ first: indent }, view, (inside) => blockLines(explanation, inside)),
  ];
  return joined([
    explained(predictedLines(chosen, view), chosen),
    chosen === right ? [] : explained(rightLines(right, view), right),
  ]);
}

function predictedLines(choice: Choice, view: LessonView): string[] {
  const verdict: Span = choice.isRight
    ? { text: 'right', paint: view.style.good }
    : { text: 'not so', paint: view.style.bad };
  return titled('You predicted ', choice, [{ text: ' - ' }, verdict], view);
}

function rightLines(choice: Choice, view: LessonView): string[] {
  return titled('Right is ', choice, [], view);
}

function titled(words: string, { letter, text: [first] }: Choice, end: readonly Span[], view: LessonView): string[] {
  const said = first?.kind === 'paragraph' ? inlineSpans(first.text, view) : [];
  const spans = [{ text: words }, { text: `${letter}) ` }, ...said, ...end];
  return wrapSpans(spans, Math.min(view.columns, proseColumns), { rest: indent });
}

/** `a, b or c` */
export function lettersOf({ choices }: Question): string {
  const letters = choices.map(({ letter }) => letter);
  return `${letters.slice(0, -1).join(', ')} or ${letters.at(-1)}`;
}

interface Whole {
  readonly book: Book;
  readonly reading: Reading;
  readonly view: LessonView;
}

/** @param keyOf takes a digit for it, if one is left */
export function demoPlace(name: string, keyOf: () => string | undefined, { book, reading, view }: Whole): string[] {
  const { style, columns } = view;
  const measured = reading.measured.get(name);
  const problem = reading.problems.get(name);
  const text = (words: string, look: (line: string) => string): string[] =>
    wrap(words, Math.min(columns, proseColumns)).map(look);
  const title = `Demo ${book.lesson.id}/${name}`;
  const isRunning = reading.activity?.kind === 'demo' && reading.activity.name === name;
  if (isRunning) return text(`${title} is being measured.`, style.heading);
  const isPending = !measured && !isSkipped(name, reading);
  const key = isPending ? undefined : keyOf();
  const again = key === undefined ? '' : `[${key}] measures ${measured ? 'again' : 'it'}.`;
  const failure = problem ? problemLines(problem, view) : [];
  if (measured) {
    const at = measured.earlierAt === undefined ? '' : `Measured on ${dateText(measured.earlierAt)}. `;
    const comparison = predictionLines(name, { book, reading, view });
    return joined([
      failure,
      demoLines(measured.result, columns, style),
      comparison,
      text(`${at}${again}`, style.quiet),
    ]);
  }
  const how = isPending
    ? 'Enter measures it here, on your machine: some 10 s, a curve 45. s skips it.'
    : `Skipped. ${again}`;
  return joined([failure, [...text(title, style.heading), ...text(how, style.quiet)]]);
}

export function problemLines({ message, next }: Problem, { style, columns }: LessonView): string[] {
  const text = (words: string): string[] =>
    escapeText(words)
      .split('\n')
      .flatMap((line) => wrap(line, Math.min(columns, proseColumns)));
  return [...text(message).map(style.bad), ...text(`Next: ${next}`)];
}

function isSkipped(name: string, { skipped }: Reading): boolean {
  return [...skipped].some((stop) => stop.kind === 'demo' && stop.name === name);
}

/**
 * What was predicted of a demo: the questions between it and the demo before, but for the one that is explained below, and
 * those to which a program was the answer.
 */
function predictionLines(name: string, { book, reading, view }: Whole): string[] {
  const blocks = book.body.pages[reading.page]?.blocks ?? [];
  const end = blocks.findIndex((block) => block.kind === 'demo' && block.name === name);
  const before = blocks.slice(0, end);
  const begin = before.findLastIndex((block) => block.kind === 'demo') + 1;
  const explained = new Set(blocks.slice(0, end + 1).map((_, index) => predictionOf(blocks, index)));
  return before.slice(begin).flatMap((block) => {
    if (block.kind !== 'question' || !block.isPrediction || explained.has(block)) return [];
    const chosen = chosenBy(reading, block);
    if (!chosen) return [];
    const right = block.choices.find(({ isRight }) => isRight) ?? chosen;
    return [...predictedLines(chosen, view), ...(chosen === right ? [] : rightLines(right, view))];
  });
}

interface AtProgram {
  readonly view: LessonView;
  readonly reading: Reading;
  /** its output was predicted, and the page goes on below it */
  readonly isStop: boolean;
}

interface Ways {
  readonly ways: readonly ProgramWay[];
  /** for each way the digit that does it, if one was left */
  readonly keys: readonly (string | undefined)[];
}

/** What stands below a program that can be run or stepped through. */
export function programPlace(file: string, offered: Ways, { view, reading, isStop }: AtProgram): string[] {
  const { style, columns } = view;
  const run = reading.runs.get(file);
  const problem = reading.problems.get(file);
  const how = howText(offered, isStop, run?.ending !== undefined);
  const hint = how === '' ? [] : wrap(how, Math.min(columns, proseColumns)).map(style.quiet);
  if (problem) return joined([problemLines(problem, view), hint]);
  if (!run) return hint;
  const printed = escapeText(run.output.replaceAll('\r\n', '\n').replace(/\n$/, '').replaceAll('\t', '  ')).split('\n');
  const output = printed.flatMap((line) =>
    foldSpans([{ text: line }], columns - indent.length, { text: '... ', paint: style.quiet }).map(
      (folded) => indent + folded,
    ),
  );
  const ending = run.ending ? wrap(run.ending, Math.min(columns, proseColumns)).map(style.quiet) : [];
  return [
    ...(run.output === '' ? [] : [style.heading('It printed:'), ...output]),
    ...ending,
    ...(run.ending === undefined ? [] : hint),
  ];
}

/** `[1] runs it, [2] steps through it.` */
function howText({ ways, keys }: Ways, isStop: boolean, isAgain: boolean): string {
  const offers = ways.flatMap((way, index) => {
    const key = isStop && index === 0 ? 'Enter' : keys[index] === undefined ? undefined : `[${keys[index]}]`;
    if (key === undefined) return [];
    return way === 'run' ? [`${key} runs it${isAgain ? ' again' : ''}`] : [`${key} steps through it`];
  });
  if (offers.length === 0) return '';
  return `${offers.join(', ')}.${isStop ? ' s skips it.' : ''}`;
}

function dateText(at: number): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}
