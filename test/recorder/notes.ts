// What a program of test/fixtures/traced says about itself in comments. Every callback there prints its kind and its name as
// its first line, by Node's documentation and not by a trace; the comments say the rest:
//
//   // -> CHILD < PARENT     here CHILD is scheduled, by the callback PARENT; several are separated by commas
//   // @ NAME                here NAME's function begins, where that is not the line on which it is scheduled
//   // #events: kind kind    all kinds in order, where some callbacks print nothing
//   // #args:, #env:         what it is given; variables as NAME=VALUE
//   // #plain:               flags without which Node does not run it
//   // #unseen:              the first word of what the trace says that it cannot see
import { basename } from 'node:path';

export interface Line {
  readonly file: string;
  readonly line: number;
}

export interface Notes {
  /** by the name of the child */
  readonly scheduled: ReadonlyMap<string, Line & { readonly parent: string }>;
  /** by the name of the callback */
  readonly begins: ReadonlyMap<string, Line>;
  /** the values of a heading such as `events`, in order */
  readonly given: (heading: string) => readonly string[];
}

/** @param sources the text of the program and of what it imports, by their names */
export function readNotes(sources: Readonly<Record<string, string>>): Notes {
  const scheduled = new Map<string, Line & { parent: string }>();
  const begins = new Map<string, Line>();
  const headings = new Map<string, string[]>();
  for (const [path, text] of Object.entries(sources)) {
    const file = basename(path);
    for (const [index, source] of text.split('\n').entries()) {
      const line = index + 1;
      const [, arrows] = / \/\/ -> ([^@]*)/.exec(source) ?? [];
      for (const arrow of arrows?.split(',') ?? []) {
        const [child = '', parent = ''] = arrow.split('<').map((name) => name.trim());
        scheduled.set(child, { file, line, parent });
      }
      const [, names] = / @ (.*)$/.exec(source) ?? [];
      for (const name of names?.split(',') ?? []) begins.set(name.trim(), { file, line });
      const [, heading = '', value = ''] = /^\/\/ #(\w+):(.*)$/.exec(source) ?? [];
      if (heading)
        headings.set(heading, [...(headings.get(heading) ?? []), ...value.trim().split(/\s+/).filter(Boolean)]);
    }
  }
  return { scheduled, begins, given: (heading) => headings.get(heading) ?? [] };
}
