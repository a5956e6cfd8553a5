// Where a link of the course leads, in the course's own words. It knows nothing of whether anything is there.
import { posix } from 'node:path';

export type LinkTarget =
  | { readonly kind: 'web'; readonly address: string }
  /** `14` */
  | { readonly kind: 'lesson'; readonly id: string }
  /** `14.1` */
  | { readonly kind: 'lab'; readonly id: string }
  /** from the course's folder down */
  | { readonly kind: 'file'; readonly path: string }
  /** another heading of the same text */
  | { readonly kind: 'here'; readonly anchor: string };

/**
 * @param target as it was written
 * @param folder of the text in which it stands, from the course's folder down
 */
export function linkTarget(target: string, folder: string): LinkTarget {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return { kind: 'web', address: target };
  if (target.startsWith('#')) return { kind: 'here', anchor: target.slice(1) };
  const path = posix.join(folder, decoded(target.replace(/[?#].*$/s, '')));
  const lesson = /^lessons\/(\d\d)-[^/]+(?:\/lesson\.md)?\/?$/.exec(path)?.[1];
  if (lesson !== undefined) return { kind: 'lesson', id: lesson };
  const [, of, number] = /^labs\/(\d\d)-[^/]+\/(\d)-[^/]+(?:\/README\.md)?\/?$/.exec(path) ?? [];
  return of !== undefined && number !== undefined ? { kind: 'lab', id: `${of}.${number}` } : { kind: 'file', path };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
