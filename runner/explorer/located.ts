// Files in the places of a result, which know them by their names on a stage.

/** Puts what `where` gives in the place of each `file` in plain data. */
export function located<T>(value: T, where: (name: string) => string): T {
  const visit = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(visit);
    if (typeof item !== 'object' || item === null || ArrayBuffer.isView(item)) return item;
    return Object.fromEntries(
      Object.entries(item).map(([key, inner]) => [
        key,
        key === 'file' && typeof inner === 'string' ? where(inner) : visit(inner),
      ]),
    );
  };
  return visit(value) as T;
}

/** The name of a file on a stage; what lies elsewhere keeps its own. */
export function withoutStage(file: string, stage: string): string {
  return file.startsWith(stage) ? file.slice(stage.length) : file;
}
