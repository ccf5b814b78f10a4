import { parse } from 'sucrase/dist/esm/parser/index';
import type { Token } from 'sucrase/dist/esm/parser/tokenizer/index';
import { TokenType } from 'sucrase/dist/esm/parser/tokenizer/types';
import type { Mark } from '../../editor/mark';
import { isErased, needsSemicolon, refusalOf } from './typeTokens';

export type Stripped = { readonly script: string } | { readonly problem: Mark };

/**
 * Removes the types of a TypeScript program. They become spaces, so that every line and column of the script is that of
 * the program; nothing is checked. What would need generated code, such as an enum, is a problem.
 */
export function stripTypes(code: string): Stripped {
  let tokens: Token[];
  try {
    ({ tokens } = parse(code, false, true, false));
  } catch (error) {
    const { message, loc } = error as { message: string; loc?: { line: number; column: number } };
    const text = message.replace(/^Error transforming .*?: /, '').replace(/ \(\d+:\d+\)$/, '');
    return { problem: { line: loc?.line ?? 1, column: loc?.column ?? 1, message: text } };
  }

  for (const [index, token] of tokens.entries()) {
    const message = refusalOf(tokens, index);
    if (message) return { problem: { ...placeOf(code, token.start), message } };
  }

  return { script: erase(code, tokens) };
}

function erase(code: string, tokens: readonly Token[]): string {
  const text = code.split('');
  const blank = ({ start, end }: Token) => {
    for (let at = start; at < end; at++) if (!/[\n\r\u2028\u2029]/.test(text[at] ?? '')) text[at] = ' ';
  };
  for (let index = 0; index < tokens.length; index++) {
    const first = tokens[index];
    if (!first) break;
    if (first.type === TokenType.nonNullAssertion) blank(first);
    if (!isErased(first)) continue;
    const before = tokens[index - 1];
    while (isErased(tokens[index + 1])) index++;
    const last = tokens[index] ?? first;
    const after = tokens[index + 1];
    for (const token of tokens.slice(tokens.indexOf(first), index + 1)) blank(token);
    if (!after || !before) continue;
    const isOnLaterLine = /[\n\r\u2028\u2029]/.test(code.slice(before.end, after.start));
    if (needsSemicolon(first, after, isOnLaterLine)) text[first.start] = ';';
    if (isOnLaterLine && after.type === TokenType.arrow && before.type === TokenType.parenR) {
      // No line may end between the parameters and the arrow: the parenthesis moves to the line of the arrow.
      text[before.start] = ' ';
      text[last.end - 1] = ')';
    }
  }
  return text.join('');
}

function placeOf(code: string, position: number): { line: number; column: number } {
  const lines = code.slice(0, position).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
