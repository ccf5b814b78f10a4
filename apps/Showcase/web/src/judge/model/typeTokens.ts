import { ContextualKeyword } from 'sucrase/dist/esm/parser/tokenizer/keywords';
import type { Token } from 'sucrase/dist/esm/parser/tokenizer/index';
import { TokenType } from 'sucrase/dist/esm/parser/tokenizer/types';

/** Members of classes have these before their names, and they mean nothing when the program runs. */
const modifiers = new Set([
  TokenType._public, TokenType._private, TokenType._protected,
  TokenType._readonly, TokenType._override, TokenType._abstract,
]);

/** Returns whether a token is part of a type, or of another part of a program that means nothing when it runs. */
export function isErased(token: Token | undefined): boolean {
  return token !== undefined && (token.isType || modifiers.has(token.type));
}

/** Returns the reason why a token cannot be removed: it stands for code that TypeScript would have to generate. */
export function refusalOf(tokens: readonly Token[], index: number): string | undefined {
  const token = tokens[index];
  const before = tokens[index - 1];
  if (!token) return undefined;
  if (token.isType) return isNamespace(tokens, index) ? 'A namespace is more than a type: use an object.' : undefined;
  switch (token.type) {
    case TokenType._enum:
      return 'An enum is more than a type: use an object, such as const Color = { red: 0, blue: 1 }.';
    case TokenType._import:
    case TokenType._export:
      return 'A program is one script: it has no import and no export.';
    case TokenType._declare:
      return 'A field with declare does not exist when the program runs: leave it out.';
    case TokenType.at:
      return 'Decorators are not supported: call a function instead.';
  }
  if (modifiers.has(token.type) && (before?.type === TokenType.parenL || before?.type === TokenType.comma))
    return 'A parameter that declares a field is more than a type: declare the field, and assign it in the constructor.';
  return undefined;
}

function isNamespace(tokens: readonly Token[], index: number): boolean {
  const keyword = tokens[index]?.contextualKeyword;
  if (keyword !== ContextualKeyword._namespace && keyword !== ContextualKeyword._module) return false;
  if (tokens[index - 1]?.contextualKeyword === ContextualKeyword._declare) return false;
  const after = tokens[index + 2]?.type;
  return tokens[index + 1]?.type === TokenType.name && (after === TokenType.braceL || after === TokenType.dot);
}

// Type arguments, optional parameters and the parameter `this`: no statement ends before them.
const neverEnds = new Set([TokenType.lessThan, TokenType.question, TokenType._this]);

// Within a statement, other types begin with a colon or with one of these.
const withinKeywords = new Set([ContextualKeyword._as, ContextualKeyword._satisfies, ContextualKeyword._implements]);

// What continues the statement before when nothing is left between them.
const continuesAll = new Set([TokenType.parenL, TokenType.bracketL, TokenType.backQuote]);
const continuesStatement = new Set([
  ...continuesAll, TokenType.plus, TokenType.minus, TokenType.slash, TokenType.star, TokenType.lessThan,
]);

/**
 * Returns whether a semicolon must stand in place of erased tokens: without them, the statement before would continue
 * with the token after them.
 */
export function needsSemicolon(first: Token, after: Token, isOnLaterLine: boolean): boolean {
  if (!isOnLaterLine || neverEnds.has(first.type)) return false;
  const isWithin = first.type === TokenType.colon || withinKeywords.has(first.contextualKeyword);
  return (isWithin ? continuesAll : continuesStatement).has(after.type);
}
