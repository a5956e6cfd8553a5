// The one door to Lezer: a program as lines of coloured stretches. A parser is loaded for a language when it is wanted, and
// none where there are no colours. It knows nothing of where the program comes from.
import { escapeText } from './escape.ts';
import type { Span } from './spans.ts';
import type { Style } from './style.ts';

/** Colours one program, line by line; what is in no known language comes out as it is. */
export type ColourCode = (code: string, language: string) => Span[][];

/** A tab is drawn as wide as the formatter makes an indent. */
const indent = '  ';

/** For where nothing is coloured. */
export const plainCode: ColourCode = (code) => linesOf(code).map((text) => [{ text }]);

/** @param languages those that may come: `ts`, `js`, `py`; others are left as they are */
export async function loadCodeColours(languages: ReadonlySet<string>, style: Style): Promise<ColourCode> {
  const known = [...languages].filter((language) => Object.hasOwn(parsers, language));
  if (!style.hasColour || known.length === 0) return plainCode;
  const { highlightCode, tagHighlighter, tags } = await import('@lezer/highlight');
  const loaded = new Map(
    await Promise.all(known.map(async (language) => [language, await parsers[language]?.()] as const)),
  );
  const colours: Readonly<Record<string, Span['paint']>> = {
    keyword: style.keyword,
    string: style.string,
    number: style.number,
    comment: style.quiet,
    name: style.accent,
  };
  const highlighter = tagHighlighter([
    { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword, tags.self], class: 'keyword' },
    { tag: [tags.string, tags.special(tags.string), tags.escape, tags.regexp], class: 'string' },
    { tag: [tags.number, tags.bool, tags.null, tags.atom], class: 'number' },
    { tag: tags.comment, class: 'comment' },
    { tag: [tags.typeName, tags.className, tags.function(tags.definition(tags.variableName))], class: 'name' },
  ]);
  return (code, language) => {
    const parser = loaded.get(language);
    if (!parser) return plainCode(code, language);
    const text = linesOf(code).join('\n');
    const lines: Span[][] = [[]];
    highlightCode(
      text,
      parser.parse(text),
      highlighter,
      (part, name) => lines.at(-1)?.push({ text: part, paint: colours[name] }),
      () => lines.push([]),
    );
    return lines;
  };
}

const script = async (dialect: string) => (await import('@lezer/javascript')).parser.configure({ dialect });
const parsers: Readonly<Record<string, () => ReturnType<typeof script>>> = {
  ts: () => script('ts'),
  js: () => script(''),
  py: async () => (await import('@lezer/python')).parser,
};

/** Without the line end after the last line; nothing is left in it that a terminal would obey. */
function linesOf(code: string): string[] {
  return escapeText(code.replace(/\n$/, '').replaceAll('\t', indent)).split('\n');
}
