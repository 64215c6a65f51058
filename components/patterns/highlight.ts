import type { CSSProperties } from 'react';
import { createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';

const GRAMMARS = {
  bash: () => import('shiki/langs/bash.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
} as const;

export type Grammar = keyof typeof GRAMMARS;
export type CodeLine = { text: string; style: CSSProperties }[];

let highlighter: Promise<HighlighterCore> | null = null;

/** Code as lines of tokens; each carries its colour for both themes (contrast 4.5 and more) as `--light` and `--dark`. */
export async function highlight(code: string, language: Grammar): Promise<CodeLine[]> {
  highlighter ??= createHighlighterCore({
    // Without WebAssembly: the page's content security policy allows none.
    engine: createJavaScriptRegexEngine(),
    themes: [import('shiki/themes/github-light-high-contrast.mjs'), import('shiki/themes/github-dark-high-contrast.mjs')],
    langs: [],
  });
  const shiki = await highlighter;
  await shiki.loadLanguage(GRAMMARS[language]());
  const lines = shiki.codeToTokensWithThemes(code, { lang: language, themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } });
  return lines.map((line) =>
    line.map(({ content, variants }) => ({ text: content, style: { '--light': variants.light?.color, '--dark': variants.dark?.color } as CSSProperties })),
  );
}
