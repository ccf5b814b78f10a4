import { continuedIndent, delimitedIndent, indentNodeProp, LRLanguage } from '@codemirror/language';
import { parser } from '@lezer/javascript';

const indents = indentNodeProp.add({
  'IfStatement': continuedIndent({ except: /^\s*(\{|else\b)/ }),
  'TryStatement': continuedIndent({ except: /^\s*(\{|catch\b|finally\b)/ }),
  'SwitchBody': ({ textAfter, baseIndent, unit }) =>
    baseIndent + (/^\s*\}/.test(textAfter) ? 0 : /^\s*(case|default)\b/.test(textAfter) ? 1 : 2) * unit,
  'Block': delimitedIndent({ closing: '}' }),
  'Statement Property': continuedIndent({ except: /^\s*\{/ }),
});

const data = { indentOnInput: /^\s*(?:case\b.*:|default:|\}|\]|\))$/, commentTokens: { line: '//', block: { open: '/*', close: '*/' } } };

export const javaScript = LRLanguage.define({ name: 'javascript', parser: parser.configure({ props: [indents] }), languageData: data });

export const typeScript = LRLanguage.define({
  name: 'typescript',
  parser: parser.configure({ dialect: 'ts', props: [indents] }),
  languageData: data,
});
