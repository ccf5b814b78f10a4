import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { stripTypes } from '../../src/judge/model/stripTypes';

// What remains must be what TypeScript itself would emit, printed in the same way.
const options = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.None, removeComments: true };
const print = (code: string, fileName: string) =>
  ts.transpileModule(code, { compilerOptions: { ...options, allowJs: true }, fileName }).outputText;

function script(code: string): string {
  const stripped = stripTypes(code);
  if (!('script' in stripped)) throw new Error(`${stripped.problem.message} ${stripped.problem.line}:${stripped.problem.column}`);
  return stripped.script;
}

const programs: Record<string, string> = {
  'annotations': 'function solve(a: number[], b?: string, ...c: Map<string, number[]>[]): number | undefined { let x: number = 1; return x; }',
  'interfaces and aliases': 'interface A<T> extends B { y(): T; z?: number }\ntype C = { [key: string]: A<C> } | null;\nlet x: C = null;',
  'generics': 'const f = <T,>(a: T): T => a; function g<T extends object = {}>(a: T) { return f<T>(a); }\nnew Map<string, Array<Array<number>>>();',
  'async generics': 'const h = async <T>(x: T): Promise<T> => x;',
  'assertions': 'let a = b as any as string; let c = d!; let e = f!.g![0]!.h; let i = <any>j; let k = { l: 1 } satisfies M; const n = [1] as const;',
  'predicates': 'function p(x: unknown): x is string { return typeof x === "string"; } function q(x: unknown): asserts x is string {} const r = (x: any): x is number => true;',
  'classes': 'abstract class C<T> extends D<T> implements E, F {\n  private readonly x: number = 1; y?: string; z!: number; static #p: number;\n  abstract m(): void;\n  override get k(): number { return 1 }\n  [key: string]: any;\n  m2(): void;\n  m2(a?: number): void {}\n}',
  'overloads': 'function g(a: string): void;\nfunction g(a: number): void;\nfunction g(a: any) { return a; }',
  'the type of this': 'function g(this: Window, a: number) { return a; } function h(this: Window) {} const i = function (this: any,\n [a, b]: number[]) { return a }',
  'declarations of what exists': 'declare const w: number;\ndeclare function f(): void;\ndeclare enum E { A }\ndeclare namespace N { const x: number }\nlet y = w;',
  'patterns': 'let [p, q]: [number, number] = [1, 2]; const { a, b: { c } }: { a: number; b: { c: string } } = x; for (const k of ks as string[]) {} try {} catch (e: unknown) {}',
  'words that are names too': 'let type = 5; type = 6; let as = 1, of = 2, declare = 3; const namespace = { module: 1 }; namespace.module; let o = { public: 1, readonly: 2 }; o.public;',
  'comparisons that look like types': 'let u = a < b, v = c > (d); f(g < h, i > (j)); if (a < b || c >= d) {} let s = a < b ? 1 : 2;',
  'functions as types': 'let f: (a: number, b: { c: string }) => void = () => {}; let g: new () => Date; let h: typeof f; let i: keyof typeof o;',
  'types in templates': 'const t: `a${string}b` = `x${1 as number}y`;',
  'comments': 'let a /* one */: /* two */ number /* three */ = 1; // four\nlet b: string; // five',
  'a statement that would continue': 'const a = 1\ntype B = string\n;[1].map((x) => x)',
  'a type between statements': 'const a = b\ntype C = string\n[1].forEach(x)',
  'an interface between statements': 'const a = b\ninterface C { d: string }\n(function () {})()',
  'an annotation before a bracket': 'let u: T\n[1].map(x)',
  'an assertion before a parenthesis': 'let u = v as T\n(x)()',
  'a type before a sign': 'const a = b\ntype C = string\n-1',
  'a member before a computed one': 'class A {\n  x = 1 as number\n  private [y] = 2\n}',
  'an assertion that continues': 'let u = (v as number\n  + 1)',
  'a call with types on lines of their own': 'let m = new Map<\n  string,\n  number\n>()',
  'a return type on lines of its own': 'const f = (a: number): {\n  b: number;\n} => ({ b: a }); const g = async (a: string):\n  Promise<void> => {};',
  'lines of Windows': 'let a: {\r\n  b: string;\r\n} = c;\r\nlet d = 1;',
};

describe('stripTypes', () => {
  it.each(Object.entries(programs))('leaves what TypeScript emits for %s', (_, code) => {
    expect(print(script(code), 'a.js')).toBe(print(code, 'a.ts'));
  });

  it.each(Object.entries(programs))('changes no line and no column for %s', (_, code) => {
    const stripped = script(code);
    expect(stripped.length).toBe(code.length);
    for (let at = 0; at < code.length; at++) if (stripped[at] !== code[at]) expect([' ', ';', ')']).toContain(stripped[at]);
    expect(stripped.split('\n').length).toBe(code.split('\n').length);
  });

  it('leaves a program without types as it is', () => {
    const code = 'const solve = (a, b) => a < b ? [a, b] : { a, ...b };\nclass A { x = 1; #y = 2; static z() { return `${1}`; } }';
    expect(script(code)).toBe(code);
  });

  it.each([
    ['let a = 1;\nenum Z { A }', 2, 1, 'An enum'],
    ['const enum Z { A }', 1, 7, 'An enum'],
    ['namespace N { export const x = 1 }', 1, 1, 'A namespace'],
    ['module N.M { }', 1, 1, 'A namespace'],
    ['class A {\n  constructor(private a: number) {}\n}', 2, 15, 'A parameter'],
    ['class A { constructor(a: number, readonly b: string) {} }', 1, 34, 'A parameter'],
    ['class A { declare b: number }', 1, 11, 'A field with declare'],
    ['import type { A } from "x";', 1, 1, 'A program is one script'],
    ['export const a = 1;', 1, 1, 'A program is one script'],
    ['@d class A {}', 1, 1, 'Decorators'],
  ])('refuses %j', (code, line, column, message) => {
    const text = expect.stringContaining(message) as string;
    expect(stripTypes(code)).toMatchObject({ problem: { line, column, message: text } });
  });

  it.each([
    ['function solve() {\n  return 1 +;\n}', 2, 13],
    ['let a: = 1;', 1, 8],
    ['let a: string )', 1, 15],
  ])('finds the place of the error in %j', (code, line, column) => {
    expect(stripTypes(code)).toMatchObject({ problem: { line, column, message: expect.stringContaining('Unexpected token') as string } });
  });
});
