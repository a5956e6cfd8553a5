// A question of a lesson: a quote that begins `**Predict** name` or `**Check** name` and ends with the choices, and behind
// it the answer, folded away, with an explanation for each choice. It knows nothing of what surrounds the two.
import { plainText, type Block, type Inline, type ListItem, type Quote } from './blocks.ts';
import type { Choice, Question } from './lesson-blocks.ts';
import { lessonProse, type Report } from './lesson-prose.ts';

/** Misconceptions that a question can probe are numbered from 1 to this. */
const lastProbe = 24;
const fewestChoices = 2;
const mostChoices = 6;

/** Whether a question was meant. */
export function isQuestion(block: Block): block is Quote {
  return block.kind === 'quote' && /^(?:predict|check)\b/i.test(firstWords(block.blocks));
}

/** The first line of the answer as it is or as it was meant. */
export function isAnswer(block: Block | undefined): boolean {
  return block?.kind === 'html' && block.text.startsWith('<details');
}

/**
 * @param behind the blocks behind the quote; the first three are the answer
 * @returns the question, or undefined when nothing can be chosen; how many blocks behind the quote belong to it
 */
export function readQuestion(
  quote: Quote,
  behind: readonly Block[],
  report: Report,
): { question: Question | undefined; used: number } {
  const [, ...blocks] = lessonProse(quote.blocks, report);
  const header = readHeader(quote, report);
  const list = blocks.at(-1);
  const prompt = list?.kind === 'list' ? blocks.slice(0, -1) : blocks;
  if (prompt.length === 0) report(quote.line, 'the question asks nothing');
  const items = list?.kind === 'list' && list.start === undefined ? list.items : [];
  if (items.length < fewestChoices || items.length > mostChoices)
    report(
      quote.line,
      `the question ends with a list of ${fewestChoices} to ${mostChoices} choices, "- a) ...", "- b) ..."`,
    );
  const offered = items.flatMap((item, index) => readChoice(item, index, report) ?? []);
  const { explanations, used } = readAnswer(quote, behind, offered, report);
  const choices = offered.map(({ letter, text }): Choice => {
    const { isRight = false, blocks: explanation = [] } = explanations.get(letter) ?? {};
    return { letter, text, isRight, explanation };
  });
  const question = { kind: 'question' as const, line: quote.line, ...header, prompt, choices };
  return { question: choices.length > 0 ? question : undefined, used };
}

function readHeader(quote: Quote, report: Report): Pick<Question, 'name' | 'isPrediction' | 'probe'> {
  const [first] = quote.blocks;
  const text = first?.kind === 'paragraph' ? plainText(first.text) : '';
  const [, kind, name, probeText] = /^(Predict|Check) ([a-z][a-z0-9-]*)(?: probe: (\d+))?$/.exec(text) ?? [];
  const probe = probeText === undefined ? undefined : Number(probeText);
  if (name === undefined)
    report(
      quote.line,
      'a question begins with a paragraph "**Predict** name" or "**Check** name", which may end with "probe: 10"',
    );
  else if (probe !== undefined && (probe < 1 || probe > lastProbe))
    report(quote.line, `there is no misconception ${probe} to probe (known: 1 to ${lastProbe})`);
  return { name: name ?? `line-${quote.line}`, isPrediction: kind === 'Predict', probe };
}

interface Offered {
  readonly letter: string;
  readonly text: readonly Block[];
}

function readChoice({ line, blocks }: ListItem, index: number, report: Report): Offered | undefined {
  const [first, ...rest] = blocks;
  const letter = String.fromCharCode('a'.charCodeAt(0) + index);
  const [begin, ...more] = first?.kind === 'paragraph' ? first.text : [];
  const text = begin?.kind === 'text' ? begin.text : '';
  if (first?.kind !== 'paragraph' || !text.startsWith(`${letter}) `)) {
    report(line, `expected "${letter}) ..." here: choices are lettered in order`);
    return undefined;
  }
  return {
    letter,
    text: [{ ...first, text: [{ kind: 'text', text: text.slice(letter.length + 2) }, ...more] }, ...rest],
  };
}

interface Explanation {
  readonly isRight: boolean;
  readonly blocks: readonly Block[];
}

function readAnswer(
  { line }: Quote,
  [open, list, close]: readonly Block[],
  offered: readonly Offered[],
  report: Report,
): { explanations: Map<string, Explanation>; used: number } {
  const explanations = new Map<string, Explanation>();
  if (open?.kind !== 'html' || !isAnswer(open)) {
    report(line, 'the question has no answer behind it: <details><summary>Answer</summary>');
    return { explanations, used: 0 };
  }
  if (!/^<details>\s*<summary>Answer<\/summary>\s*$/.test(open.text)) {
    report(open.line, 'an answer begins <details><summary>Answer</summary>, with an empty line behind it');
    return { explanations, used: 1 };
  }
  if (list?.kind !== 'list') {
    report(open.line, 'an answer is a list with an item for each choice');
    return { explanations, used: 1 };
  }
  // Where there is nothing to choose from, that was said.
  if (offered.length === 0) return { explanations, used: 2 };
  const isClosed = close?.kind === 'html' && close.text.trim() === '</details>';
  if (!isClosed) report(open.line, 'behind the list of this answer there is no </details>');

  const [read] = lessonProse([list], report);
  for (const item of read?.kind === 'list' ? read.items : []) {
    const explained = readExplanation(item);
    if (!explained) report(item.line, 'an explanation begins with its choice: "**a.** ..." or "**b, right.** ..."');
    else if (explanations.has(explained.letter)) report(item.line, `choice ${explained.letter} is explained already`);
    else if (!offered.some(({ letter }) => letter === explained.letter))
      report(item.line, `the question has no choice ${explained.letter}`);
    else {
      if (explained.blocks.length === 0) report(item.line, `choice ${explained.letter} has no explanation`);
      explanations.set(explained.letter, explained);
    }
  }
  for (const { letter } of offered)
    if (!explanations.has(letter)) report(list.line, `choice ${letter} has no explanation`);
  const right = [...explanations].filter(([, { isRight }]) => isRight).map(([letter]) => letter);
  if (right.length !== 1)
    report(
      list.line,
      right.length === 0
        ? 'no choice is marked as the right one, "**b, right.** ..."'
        : `${right.join(' and ')} are both marked as right; one choice is`,
    );
  return { explanations, used: isClosed ? 3 : 2 };
}

function readExplanation({ blocks }: ListItem): (Explanation & { letter: string }) | undefined {
  const [first, ...rest] = blocks;
  const [begin, ...more] = first?.kind === 'paragraph' ? first.text : [];
  const [, letter, right] = begin?.kind === 'strong' ? (/^([a-z])(, right)?\.$/.exec(plainText([begin])) ?? []) : [];
  if (first?.kind !== 'paragraph' || letter === undefined) return undefined;
  const text = withoutLeadingSpace(more);
  const isEmpty = plainText(text).trim() === '';
  return { letter, isRight: right !== undefined, blocks: isEmpty ? rest : [{ ...first, text }, ...rest] };
}

function withoutLeadingSpace([first, ...rest]: readonly Inline[]): Inline[] {
  if (!first) return [];
  return [first.kind === 'text' ? { ...first, text: first.text.trimStart() } : first, ...rest];
}

function firstWords([first]: readonly Block[]): string {
  const begin = first?.kind === 'paragraph' ? first.text[0] : undefined;
  return begin?.kind === 'strong' ? plainText([begin]) : '';
}
