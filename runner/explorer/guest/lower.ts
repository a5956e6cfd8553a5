// From a module's text to the body of a function that can be run again and again, each time as a fresh instance of the
// module: V8's own modules can be evaluated only once, and making thousands of them fills the memory. Lines stay where they
// are. The one door to acorn.
import { parse, type AnyNode, type ModuleDeclaration, type Program } from 'acorn';

/** What one import or re-export asks of another module. */
export interface Request {
  readonly specifier: string;
  readonly line: number;
  /** local name -> name over there; `*` is the module's namespace */
  readonly imports: ReadonlyMap<string, string>;
  /** exported name -> name over there; the name `*` stands for all of them */
  readonly reexports: ReadonlyMap<string, string>;
}

export interface Lowered {
  /** a function's body; free names are those of `loweredParameters`, of the imports, and global ones */
  readonly body: string;
  readonly requests: readonly Request[];
  /** Where something was put in: columns behind it are further right than in the source. In the order of the text. */
  readonly insertions: readonly Insertion[];
  /** exported name -> an expression for its value, as it is at the time of asking */
  readonly exports: ReadonlyMap<string, string>;
}

/** 1-based, in the source. */
export interface Insertion {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** What a module's text cannot be explored with, and where. */
export class Unlowerable extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** Names that stand in the body for what a module function is given. */
export const intruder = '$interleave';
const dynamicImport = '$imprt';
const importMeta = '$importmeta';
const defaultExport = '$dflt';

/** @throws SyntaxError as acorn says it, with `loc`; Unlowerable */
export function lower(source: string): Lowered {
  const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module', locations: true, allowHashBang: true });
  const edits = new Edits(source);
  if (source.startsWith('#!')) edits.blank(0, source.indexOf('\n') < 0 ? source.length : source.indexOf('\n'));
  const requests: Request[] = [];
  const exports = new Map<string, string>();
  for (const node of program.body) {
    if (isModuleDeclaration(node)) lowerDeclaration(node, edits, requests, exports);
  }
  const imported = new Set(requests.flatMap(({ imports }) => [...imports.keys()]));
  lowerInside(program, edits, { imported, isInFunction: false });
  return { body: edits.apply(), requests, exports, insertions: edits.insertions() };
}

/**
 * Whether a module may keep something from one run of its functions to the next: a variable at its top level that can change,
 * or a constant that is an object. @throws SyntaxError as acorn says it
 */
export function keepsState(source: string): boolean {
  const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  return program.body.some((node) => {
    const declaration = isModuleDeclaration(node) && 'declaration' in node ? node.declaration : node;
    if (declaration?.type === 'ClassDeclaration') return hasStatic(declaration);
    if (declaration?.type !== 'VariableDeclaration') return false;
    return declaration.kind !== 'const' || declaration.declarations.some(({ id, init }) => !isFixed(init, id));
  });
}

function hasStatic({ body }: { body: { body: readonly AnyNode[] } }): boolean {
  return body.body.some(
    (member) => member.type === 'StaticBlock' || (member.type === 'PropertyDefinition' && member.static),
  );
}

/** Whether what a constant is given never changes. */
function isFixed(init: AnyNode | null | undefined, id: AnyNode): boolean {
  switch (init?.type) {
    case 'Literal':
    case 'TemplateLiteral':
    case 'Identifier':
    case 'UnaryExpression':
    case 'BinaryExpression':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return true;
    case 'ArrayExpression':
      // Taken apart at once: nobody has the array.
      return id.type === 'ArrayPattern' && init.elements.every((element) => isFixed(element, id));
    default:
      return false;
  }
}

function isModuleDeclaration(node: Program['body'][number]): node is ModuleDeclaration {
  return node.type === 'ImportDeclaration' || node.type.startsWith('Export');
}

function lowerDeclaration(
  node: ModuleDeclaration,
  edits: Edits,
  requests: Request[],
  exports: Map<string, string>,
): void {
  const line = node.loc?.start.line ?? 1;
  const nothing: ReadonlyMap<string, string> = new Map();
  switch (node.type) {
    case 'ImportDeclaration': {
      const imports = new Map<string, string>();
      for (const named of node.specifiers) {
        if (named.type === 'ImportSpecifier') imports.set(named.local.name, nameOf(named.imported));
        else imports.set(named.local.name, named.type === 'ImportDefaultSpecifier' ? 'default' : '*');
      }
      requests.push({ specifier: String(node.source.value), line, imports, reexports: nothing });
      return edits.drop(node.start, node.end);
    }
    case 'ExportAllDeclaration': {
      const as = node.exported ? nameOf(node.exported) : '*';
      requests.push({
        specifier: String(node.source.value),
        line,
        imports: nothing,
        reexports: new Map([[as, '*']]),
      });
      return edits.drop(node.start, node.end);
    }
    case 'ExportNamedDeclaration': {
      const { declaration, source, specifiers } = node;
      if (declaration) {
        for (const name of declaredNames(declaration)) exports.set(name, name);
        return edits.blank(node.start, declaration.start);
      }
      const names = specifiers.map((named) => [nameOf(named.exported), nameOf(named.local)] as const);
      if (source) requests.push({ specifier: String(source.value), line, imports: nothing, reexports: new Map(names) });
      else for (const [exported, local] of names) exports.set(exported, local);
      return edits.drop(node.start, node.end);
    }
    case 'ExportDefaultDeclaration': {
      const { declaration } = node;
      const own = 'id' in declaration && declaration.id ? declaration.id.name : undefined;
      exports.set('default', own && declaration.type.endsWith('Declaration') ? own : defaultExport);
      if (exports.get('default') !== defaultExport) return edits.blank(node.start, declaration.start);
      return edits.replace(node.start, declaration.start, `const ${defaultExport} = `);
    }
  }
}

/** Where a node stands. */
interface Inside {
  /** names that modules were imported under */
  readonly imported: ReadonlySet<string>;
  readonly isInFunction: boolean;
}

/** What stands deeper: handlers that must let an interruption pass, and what a module function does not have. */
function lowerInside(node: AnyNode, edits: Edits, { imported, isInFunction }: Inside): void {
  const line = node.loc?.start.line ?? 1;
  switch (node.type) {
    case 'CallExpression':
      makeBare(node.callee, edits, imported);
      break;
    case 'TaggedTemplateExpression':
      makeBare(node.tag, edits, imported);
      break;
    case 'CatchClause':
      edits.insert(node.body.start + 1, `${intruder}.pass();`);
      break;
    case 'TryStatement':
      if (node.finalizer) edits.insert(node.finalizer.start + 1, `${intruder}.pass();`);
      break;
    case 'ImportExpression':
      edits.replace(node.start, node.start + 'import'.length, dynamicImport);
      break;
    case 'MetaProperty':
      if (node.meta.name === 'import') edits.replace(node.start, node.end, importMeta);
      break;
    case 'AwaitExpression':
      if (!isInFunction) throw new Unlowerable('a module that is explored cannot await at its top level', line);
      break;
    case 'ForOfStatement':
      if (node.await && !isInFunction)
        throw new Unlowerable('a module that is explored cannot await at its top level', line);
      break;
    default:
    // It means the same in a function.
  }
  const isFunction = node.type.includes('Function');
  for (const [key, child] of Object.entries(node)) {
    if (key === 'loc' || typeof child !== 'object' || child === null) continue;
    for (const item of Array.isArray(child) ? (child as unknown[]) : [child]) {
      if (isNode(item)) lowerInside(item, edits, { imported, isInFunction: isInFunction || isFunction });
    }
  }
}

/** An imported function that is called by its bare name has no receiver; out of a scope of getters it would have one. */
function makeBare(callee: AnyNode, edits: Edits, imported: ReadonlySet<string>): void {
  if (callee.type !== 'Identifier' || !imported.has(callee.name)) return;
  edits.insert(callee.start, `${intruder}.bare(`);
  edits.insert(callee.end, ')');
}

function isNode(item: unknown): item is AnyNode {
  return typeof item === 'object' && item !== null && typeof (item as { type?: unknown }).type === 'string';
}

function nameOf(node: { type: string; name?: string; value?: unknown }): string {
  return node.type === 'Literal' ? String(node.value) : (node.name ?? '');
}

function declaredNames(node: AnyNode): string[] {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node.id ? [node.id.name] : [];
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id }) => declaredNames(id));
    case 'Identifier':
      return [node.name];
    case 'ObjectPattern':
      return node.properties.flatMap((property) =>
        declaredNames(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return node.elements.flatMap((element) => (element ? declaredNames(element) : []));
    case 'AssignmentPattern':
      return declaredNames(node.left);
    case 'RestElement':
      return declaredNames(node.argument);
    default:
      return [];
  }
}

/** Changes to a text that leave every line where it was. */
class Edits {
  readonly #source: string;
  readonly #edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  blank(start: number, end: number): void {
    this.replace(start, end, this.#source.slice(start, end).replace(/[^\n]/g, ' '));
  }

  /** A whole statement goes; what stands before it may have needed it as its end. */
  drop(start: number, end: number): void {
    this.replace(start, end, `;${this.#source.slice(start + 1, end).replace(/[^\n]/g, ' ')}`);
  }

  /** A semicolon, where the text is shorter, would change what it means; spaces do not. */
  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text: text.padEnd(end - start) });
  }

  insert(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text });
  }

  insertions(): Insertion[] {
    const inserted = this.#edits.filter(({ start, end }) => start === end).toSorted((a, b) => a.start - b.start);
    return inserted.map(({ start, text }) => {
      const before = this.#source.slice(0, start);
      const lineStart = before.lastIndexOf('\n') + 1;
      return { line: before.split('\n').length, column: start - lineStart + 1, length: text.length };
    });
  }

  apply(): string {
    let text = '';
    let from = 0;
    for (const edit of this.#edits.toSorted((a, b) => a.start - b.start)) {
      text += this.#source.slice(from, edit.start) + edit.text;
      from = edit.end;
    }
    return text + this.#source.slice(from);
  }
}
