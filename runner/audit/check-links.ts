// Whether the links of a Markdown file lead somewhere: a file or a folder of the course, a heading in it. Addresses on
// the net are left alone, for a course that works offline is checked offline. It knows nothing of what links are for.
import { posix } from 'node:path';
import type { Link } from '../course/markdown.ts';
import { kindOf } from './content-files.ts';
import { readDocument, type Document } from './document.ts';
import type { Problem } from './problem.ts';

/** @param root the course's folder */
export function checkLinks(document: Document, root: string): Problem[] {
  const { file, markdown } = document;
  const unseen = markdown.html
    .filter(({ text }) => /\s(?:href|src)\s*=/i.test(text))
    .map(({ line }) => ({ file, line, message: 'a link in HTML is not checked; write it in Markdown' }));
  return [
    ...unseen,
    ...markdown.links.flatMap((link) => {
      const message = wrongWith(link, document, root);
      return message === undefined ? [] : [{ file, line: link.line, message }];
    }),
  ];
}

function wrongWith({ target }: Link, document: Document, root: string): string | undefined {
  const shown = `the link to "${target}"`;
  if (/^(?:https?:\/\/|mailto:)./i.test(target)) return undefined;
  if (target === '') return 'a link leads nowhere';
  if (/^(?:[a-z][a-z0-9+.-]*:|\/|\\|~)/i.test(target))
    return `${shown} holds on one machine only; write the path from this file's folder on`;
  const [, encoded = '', encodedAnchor] = /^([^#?]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(target) ?? [];
  const path = decoded(encoded);
  const anchor = encodedAnchor === undefined ? undefined : decoded(encodedAnchor);
  if (path === undefined || (encodedAnchor !== undefined && anchor === undefined))
    return `${shown} is not encoded as links are`;
  const to = path === '' ? document.file : posix.join(posix.dirname(document.file), path).replace(/\/$/, '');
  if (to.startsWith('..')) return `${shown} leads out of the course`;
  const kind = kindOf(root, to);
  if (kind === 'nothing') return `${shown}: there is no ${to}`;
  if (anchor === undefined || !to.endsWith('.md')) return undefined;
  const read = to === document.file ? document : readDocument(root, to);
  if (!read) return undefined;
  const { headings } = read.markdown;
  if (headings.some((heading) => heading.anchor === anchor)) return undefined;
  return `${shown}: ${to} has no heading "#${anchor}"${headings.length > 0 ? `; it has ${headings.map((heading) => `#${heading.anchor}`).join(', ')}` : ''}`;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
