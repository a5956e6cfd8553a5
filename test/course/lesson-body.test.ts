// A lesson's text as data, and each mistake that an author can make in it, with its line.
import { expect, test } from 'vitest';
import { plainText, type Block } from '../../runner/course/blocks.ts';
import { questionsOf, type LessonBlock } from '../../runner/course/lesson-blocks.ts';
import { programsOf, scenariosOf } from '../../runner/course/lesson-programs.ts';
import { lessonWith, readText, type Edit } from './reading-fixture.ts';

const lesson = readText(lessonWith());

function words(blocks: readonly Block[]): string[] {
  return blocks.map((block) => (block.kind === 'paragraph' ? plainText(block.text) : block.kind));
}

test('a page for each title, with its place, its blocks and its text', () => {
  expect(lesson.problems).toEqual([]);
  expect(lesson.pages.map(({ title, anchor, line }) => [plainText(title), anchor, line])).toEqual([
    ['Words, code and weight', 'words-code-and-weight', 9],
    ['Programs and drawings', 'programs-and-drawings', 45],
    ['Numbers, and what follows from them', 'numbers-and-what-follows-from-them', 103],
  ]);
  const kinds = (blocks: readonly LessonBlock[]) => blocks.map(({ kind, line }) => `${kind} ${line}`);
  expect(kinds(lesson.pages[0]?.blocks ?? [])).toEqual([
    'paragraph 11',
    'paragraph 15',
    'heading 19',
    'list 21',
    'list 26',
    'quote 36',
    'rule 38',
    'table 40',
  ]);
  expect(kinds(lesson.pages[2]?.blocks ?? [])).toEqual([
    'question 105',
    'demo 123',
    'paragraph 125',
    'when 128',
    'when 134',
    'question 140',
  ]);
  expect(lesson.pages[1]?.markdown.startsWith('A file, and a part of it:\n\n```ts snippets')).toBe(true);
  expect(lesson.pages[1]?.markdown.endsWith("million -----'\n```")).toBe(true);
});

test('questions with their choices, and an explanation for each', () => {
  const [first, second] = questionsOf(lesson);
  expect(first).toMatchObject({ name: 'two-halves', isPrediction: true, probe: 19, line: 105 });
  expect(words(first?.prompt ?? [])).toEqual([
    'Work is halved between two threads. How long does it take, if one needed 100 ms?',
  ]);
  expect(
    first?.choices.map(({ letter, isRight, text, explanation }) => [letter, isRight, words(text), words(explanation)]),
  ).toEqual([
    ['a', false, ['50 ms'], ['That is what two cores would do if starting a thread and handing it work were free.']],
    ['b', true, ['a little more than 50 ms'], ['Half of the work, and what the thread itself costs.']],
    [
      'c',
      false,
      ['100 ms: Promise.all runs nothing at once'],
      ['So it would be without threads.', 'With them there are two stacks, and two cores to run them on.'],
    ],
  ]);
  expect(second).toMatchObject({ name: 'order', isPrediction: false, probe: undefined });
  expect(words(second?.prompt ?? [])).toEqual(['What does this print?', 'fence']);
});

test('numbers with what was recorded, and prose that depends on them', () => {
  expect([...lesson.recorded]).toEqual([
    ['halves.messages', 2300],
    ['halves.part', 0.55],
  ]);
  const blocks = lesson.pages[2]?.blocks ?? [];
  expect(blocks.flatMap((block) => (block.kind === 'when' ? [[block.condition, words(block.blocks)]] : []))).toEqual([
    [
      { name: 'halves.part', comparison: '>', bound: 0.9 },
      ['Where the two halves take as long as the whole there is one core for both.'],
    ],
    [{ name: 'halves.part', comparison: '<=', bound: 0.9 }, ['Two cores did that.']],
  ]);
});

test('a number may be recorded twice, with more digits and with fewer', () => {
  const again = (recorded: string) => lessonWith(['did that', `did <!-- halves.part -->${recorded}<!-- / -->`]);
  for (const recorded of ['0.6', '0.553', `0.55${'0'.repeat(300)}`])
    expect(readText(again(recorded)).problems).toEqual([]);
  expect(readText(again('0.7')).problems).toHaveLength(1);
});

test('the programs that a test has to run, each once', () => {
  expect(
    programsOf(lesson).map(({ language, file, line, fails, isPart }) => [language, file, line, fails, isPart]),
  ).toEqual([
    ['js', undefined, 32, false, false],
    ['ts', 'snippets/two-timers.ts', 49, false, false],
    ['ts', 'snippets/ask.ts', 70, false, false],
    ['ts', 'snippets/answer.worker.ts', 77, false, true],
    ['ts', undefined, 83, true, false],
    ['py', 'snippets/two_timers.py', 89, false, false],
    ['js', undefined, 144, false, false],
  ]);
});

test('what is explored is no program, and each thing that is said of it is to be proved once', () => {
  const body = readText(
    lessonWith(
      ['```ts snippets/ask.ts', '```ts snippets/ask.ts fails'],
      [
        'A drawing stays',
        [
          '```ts ./snippets/ask.ts#thread explore\n```',
          '```ts snippets/ask.ts explore\n```',
          '```ts snippets/ask.ts explore tso fails\n```',
          'A drawing stays',
        ].join('\n\n'),
      ],
    ),
  );
  expect(body.problems).toEqual([]);
  expect(programsOf(body).map(({ file }) => file)).not.toContain('snippets/ask.ts');
  expect(scenariosOf(body)).toEqual([
    { file: 'snippets/ask.ts', line: 95, memory: 'sc', fails: false },
    { file: 'snippets/ask.ts', line: 101, memory: 'tso', fails: true },
  ]);
  expect(scenariosOf(lesson)).toEqual([]);
});

const marks =
  'demo NAME; DEMO.NUMBER and / around a recorded number; when DEMO.NUMBER < 1.2 (or <=, >, >=) and end around prose';

const mistakes: Record<string, { edits: readonly Edit[]; problems: string[] }> = {
  'text before the first page': {
    edits: [['\n## Words', '\nIntroduction.\n\n## Words']],
    problems: ['Introduction. | a lesson begins with the title of its first page, "## ..."'],
  },
  'a page without text': {
    edits: [['## Programs', '## Nothing\n\n## Programs']],
    problems: ['## Nothing | this page has no text'],
  },
  'a title of the first size': {
    edits: [['### Lists', '# Lists']],
    problems: ['# Lists | only a page has a title of this size, "## " at the left margin; its parts have "### "'],
  },
  'a page inside of a quote': {
    edits: [['> A quote', '> ## A quote']],
    problems: [
      `> ## A quote is somebody else's sent | only a page has a title of this size, "## " at the left margin; its parts have "### "`,
    ],
  },
  'HTML in a sentence': {
    edits: [['`code in it`', 'Array<string>, <b>bold</b>']],
    problems: [
      'A paragraph is wrapped where the ter | <string>: a terminal shows no HTML; write Markdown, and code in backticks',
      'A paragraph is wrapped where the ter | <b>: a terminal shows no HTML; write Markdown, and code in backticks',
      'A paragraph is wrapped where the ter | </b>: a terminal shows no HTML; write Markdown, and code in backticks',
    ],
  },
  'HTML between paragraphs': {
    edits: [['### Lists', '<div align="center">\na\n</div>\n\n### Lists']],
    problems: [
      '<div align="center"> | <div align="center">: a terminal shows no HTML; write Markdown, and code in backticks',
    ],
  },
  'a comment that means nothing': {
    edits: [['### Lists', '<!-- to do -->\n\n### Lists']],
    problems: [`<!-- to do --> | <!-- to do --> means nothing in a lesson (known: ${marks})`],
  },
  'a demo with a typo in its mark': {
    edits: [['<!-- demo halves -->', '<!-- dmeo halves -->']],
    problems: [`<!-- dmeo halves --> | <!-- dmeo halves --> means nothing in a lesson (known: ${marks})`],
  },
  'a condition that cannot be read': {
    edits: [['> 0.9 -->', '=> 0.9 -->']],
    problems: [
      `<!-- when halves.part => 0.9 --> | <!-- when halves.part => 0.9 --> means nothing in a lesson (known: ${marks})`,
      '<!-- end --> | there is no <!-- when ... --> that ends here',
    ],
  },
  'a mark in a list': {
    edits: [['- a short item', '- a short item\n\n  <!-- demo halves -->\n']],
    problems: [
      '  <!-- demo halves --> | <!-- demo halves --> stands alone, with empty lines around it, and in no list or quote',
    ],
  },
  'a mark in a sentence': {
    edits: [['Where this', 'Here <!-- demo halves --> this']],
    problems: [
      'Here <!-- demo halves --> this was w | <!-- demo halves --> stands alone, with empty lines around it, and in no list or quote',
    ],
  },
  'a demo that is not there': {
    edits: [['demo halves', 'demo quarters']],
    problems: ['<!-- demo quarters --> | there is no demo lessons/07-every-part/demos/quarters.ts'],
  },
  'a number of no demo': {
    edits: [['halves.messages', 'quarters.messages']],
    problems: ['Where this was written the halves to | there is no demo lessons/07-every-part/demos/quarters.ts'],
  },
  'a number that is none': {
    edits: [['-->0.55<', '-->about 0.55<']],
    problems: [
      'Where this was written the halves to | "about 0.55" is no number; its unit stands behind the end',
      '<!-- when halves.part > 0.9 --> | the lesson records no halves.part: where nothing was measured, nobody knows if this is so',
      '<!-- when halves.part <= 0.9 --> | the lesson records no halves.part: where nothing was measured, nobody knows if this is so',
    ],
  },
  'a number without an end': {
    edits: [['2,300<!-- / -->', '2,300']],
    problems: [
      'Where this was written the halves to | <!-- halves.messages --> needs a number and its end behind it: <!-- halves.messages -->39<!-- / -->',
    ],
  },
  'an end without a number': {
    edits: [['messages** a', 'messages** <!-- / --> a']],
    problems: ['messages** <!-- / --> a second went  | there is no number that ends here'],
  },
  'a number at the beginning of a line': {
    edits: [['took <!--', 'took\n<!--']],
    problems: [
      '<!-- halves.part -->0.55<!-- / --> o | a line cannot begin with a measured number: it would be shown as HTML; break the line elsewhere',
      '<!-- when halves.part > 0.9 --> | the lesson records no halves.part: where nothing was measured, nobody knows if this is so',
      '<!-- when halves.part <= 0.9 --> | the lesson records no halves.part: where nothing was measured, nobody knows if this is so',
    ],
  },
  'two values of one number': {
    edits: [
      [
        'Two cores did that.',
        'Two cores did <!-- halves.part -->0.6<!-- / -->, or <!-- halves.part -->0.61<!-- / -->.',
      ],
    ],
    problems: ['Two cores did <!-- halves.part -->0. | halves.part is 0.61 here and 0.55 on line 125'],
  },
  'numbers from nowhere': {
    edits: [[/recorded: .*\n/, '']],
    problems: [
      'Where this was written the halves to | the front matter does not say where this was "recorded" (4 cores, Linux, Node 24.21)',
    ],
  },
  'a condition on a number that is not recorded': {
    edits: [['<!-- when halves.part > ', '<!-- when halves.share > ']],
    problems: [
      '<!-- when halves.share > 0.9 --> | the lesson records no halves.share: where nothing was measured, nobody knows if this is so',
    ],
  },
  'a condition without an end': {
    edits: [[/<!-- end -->\n\n> \*\*Check/, '> **Check']],
    problems: [
      '<!-- when halves.part <= 0.9 --> | this block has no <!-- end -->',
      '> **Check** order | a question cannot depend on a measurement: move it out of when and end',
    ],
  },
  'a condition inside of another': {
    edits: [['<!-- end -->', '']],
    problems: ['<!-- when halves.part <= 0.9 --> | the block of line 128 needs its <!-- end --> first'],
  },
  'a condition over the end of a page': {
    edits: [['Two cores did that.\n', 'Two cores did that.\n\n## More\n\nText.\n']],
    problems: [
      '<!-- when halves.part <= 0.9 --> | this block has no <!-- end -->',
      '<!-- end --> | there is no <!-- when ... --> that ends here',
    ],
  },
  'a demo that depends on a measurement': {
    edits: [['Two cores did that.', '<!-- demo halves -->']],
    problems: ['<!-- demo halves --> | a demo cannot depend on a measurement: move it out of when and end'],
  },
  'a question with another beginning': {
    edits: [['> **Predict** two-halves', '> **Predict.** two halves']],
    problems: [
      '> **Predict.** two halves probe: 19 | a question begins with a paragraph "**Predict** name" or "**Check** name", which may end with "probe: 10"',
    ],
  },
  'a question whose text begins at once': {
    edits: [['probe: 19\n>\n', 'probe: 19\n']],
    problems: [
      '> **Predict** two-halves probe: 19 | a question begins with a paragraph "**Predict** name" or "**Check** name", which may end with "probe: 10"',
      '> **Predict** two-halves probe: 19 | the question asks nothing',
    ],
  },
  'a probe for no known misconception': {
    edits: [['probe: 19', 'probe: 25']],
    problems: ['> **Predict** two-halves probe: 25 | there is no misconception 25 to probe (known: 1 to 24)'],
  },
  'two questions of one name': {
    edits: [['**Check** order', '**Check** two-halves']],
    problems: ['> **Check** two-halves | the question on line 105 is named two-halves, too'],
  },
  'a question that asks nothing': {
    edits: [[/> Work is .*\n>\n/, '']],
    problems: ['> **Predict** two-halves probe: 19 | the question asks nothing'],
  },
  'a question without choices': {
    edits: [[/> - a\) 50(.*\n)*?\n/, '\n']],
    problems: [
      '> **Predict** two-halves probe: 19 | the question ends with a list of 2 to 6 choices, "- a) ...", "- b) ..."',
    ],
  },
  'a single choice': {
    edits: [
      ['> - b) `b`, then `a`\n', ''],
      ['- **b.** Zero milliseconds is still later.\n', ''],
    ],
    problems: ['> **Check** order | the question ends with a list of 2 to 6 choices, "- a) ...", "- b) ..."'],
  },
  'choices out of order': {
    edits: [['> - c) 100', '> - d) 100']],
    problems: [
      '> - d) 100 ms: `Promise.all` runs no | expected "c) ..." here: choices are lettered in order',
      '- **c.** So it would be without thre | the question has no choice c',
    ],
  },
  'no answer': {
    edits: [[/<details>(.*\n)*?<\/details>\n/, '']],
    problems: [
      '> **Predict** two-halves probe: 19 | the question has no answer behind it: <details><summary>Answer</summary>',
    ],
  },
  'an answer that does not begin as it should': {
    edits: [['<summary>Answer</summary>\n\n', '<summary>Answer</summary>\n']],
    problems: [
      '<details><summary>Answer</summary> | an answer begins <details><summary>Answer</summary>, with an empty line behind it',
    ],
  },
  'an answer that is no list': {
    edits: [[/- \*\*a, right(.*\n)*?\n/, 'It is a.\n\n']],
    problems: ['<details><summary>Answer</summary> | an answer is a list with an item for each choice'],
  },
  'an answer that does not end': {
    edits: [['later.\n\n</details>', 'later.\n\nText.']],
    problems: ['<details><summary>Answer</summary> | behind the list of this answer there is no </details>'],
  },
  'an answer of no question': {
    edits: [['> **Check** order\n>\n', '']],
    problems: ['<details><summary>Answer</summary> | this answer stands directly behind no question'],
  },
  'an explanation of nothing': {
    edits: [['**c.** So', 'c: So']],
    problems: [
      '- **a.** That is what two cores woul | choice c has no explanation',
      '- c: So it would be without threads. | an explanation begins with its choice: "**a.** ..." or "**b, right.** ..."',
    ],
  },
  'an explanation too many': {
    edits: [['- **c.** So', '- **d.** Or so.\n- **c.** So']],
    problems: ['- **d.** Or so. | the question has no choice d'],
  },
  'two explanations of one choice': {
    edits: [['- **c.** So', '- **a.** Or so.\n- **c.** So']],
    problems: ['- **a.** Or so. | choice a is explained already'],
  },
  'an explanation without words': {
    edits: [['right.** Half of the work, and what the thread itself costs.', 'right.**']],
    problems: ['- **b, right.** | choice b has no explanation'],
  },
  'no right choice': {
    edits: [['**b, right.**', '**b.**']],
    problems: ['- **a.** That is what two cores woul | no choice is marked as the right one, "**b, right.** ..."'],
  },
  'two right choices': {
    edits: [['**c.** So', '**c, right.** So']],
    problems: ['- **a.** That is what two cores woul | b and c are both marked as right; one choice is'],
  },
  'a block without a language': {
    edits: [['```text', '```']],
    problems: ['``` | the block has no language: write ts, js, py, or text for a drawing, an output, a command'],
  },
  'an indented block': {
    edits: [['A drawing stays', '    $ node x.ts\n\nA drawing stays']],
    problems: [
      '    $ node x.ts | the block has no language: write ts, js, py, or text for a drawing, an output, a command',
    ],
  },
  'a language that no test runs': {
    edits: [['   ```js', '   ```go']],
    problems: [
      '   ```go | "go" is no language that a test can run: write ts, js, py, or text for a drawing, an output, a command',
    ],
  },
  'a drawing that is too wide': {
    edits: [['| start', `| start${' '.repeat(9)}`]],
    problems: ['                  | start            | a drawing is at most 76 columns wide'],
  },
  'a drawing that is run': {
    edits: [['```text', '```text run']],
    problems: ['```text run | "run" means nothing behind text'],
  },
  'a block that is run, without a file': {
    edits: [['```ts fails', '```ts fails run']],
    problems: ['```ts fails run | what the tutor runs is a file: name it, as in ts snippets/two.ts run'],
  },
};

test.for(Object.entries(mistakes))('%s', ([, { edits, problems }]) => {
  const text = lessonWith(...edits);
  const lines = text.split('\n');
  const found = readText(text).problems;
  expect(found.map(({ line, message }) => `${lines[line - 1]?.slice(0, 36)} | ${message}`)).toEqual(problems);
});
