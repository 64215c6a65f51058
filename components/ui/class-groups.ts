import type { createTailwindMerge } from 'tailwind-merge';

type Config = ReturnType<Parameters<typeof createTailwindMerge>[0]>;

const anything = () => true;

/** Properties whose class is a prefix and any value: `gap-3`, `z-10`, `max-w-[72ch]`. */
const PREFIXES = [
  ...['p', 'px', 'py', 'pt', 'pr', 'pb', 'pl', 'm', 'mx', 'my', 'mt', 'mr', 'mb', 'ml'],
  ...[
    'w',
    'h',
    'size',
    'min-w',
    'min-h',
    'max-w',
    'max-h',
    'gap',
    'gap-x',
    'gap-y',
    'basis',
    'shrink',
    'grow',
    'order',
    'z',
    'col',
    'row',
    'grid-cols',
    'grid-rows',
  ],
  ...['inset', 'inset-x', 'inset-y', 'top', 'right', 'bottom', 'left', 'translate', 'translate-x', 'translate-y', 'scale', 'rotate', 'origin'],
  ...[
    'overflow',
    'overflow-x',
    'overflow-y',
    'overscroll',
    'object',
    'items',
    'self',
    'justify-items',
    'justify-self',
    'place-items',
    'align',
    'whitespace',
    'break',
  ],
  ...[
    'touch',
    'fill',
    'stroke',
    'opacity',
    'rounded',
    'rounded-l',
    'rounded-r',
    'rounded-t',
    'rounded-b',
    'shadow',
    'transition',
    'animate',
    'cursor',
    'select',
    'pointer-events',
  ],
  ...['leading', 'tracking', 'list', 'caption', 'decoration', 'underline-offset', 'outline-offset', 'line-clamp', 'accent', 'appearance', 'divide'],
] as const;

const SIDES = ['t', 'r', 'b', 'l'] as const;
const LINE_STYLES = ['solid', 'dashed', 'dotted', 'double', 'none'];
const LINE_WIDTHS = ['', '0', '2', '4'];

/**
 * Which classes stand for the same property, for the part of Tailwind that this console uses: a tenth of the library's own
 * table, which knows all of it. class-groups.test.ts compares the two for every kind of class in use.
 */
export function classGroups(): Config {
  return {
    cacheSize: 500,
    theme: {},
    classGroups: {
      ...Object.fromEntries(PREFIXES.map((prefix) => [prefix, [{ [prefix]: ['', anything] }]])),
      display: ['block', 'inline-block', 'inline', 'flex', 'inline-flex', 'grid', 'inline-grid', 'table', 'contents', 'hidden'],
      position: ['static', 'fixed', 'absolute', 'relative', 'sticky'],
      'flex-direction': [{ flex: ['row', 'row-reverse', 'col', 'col-reverse'] }],
      'flex-wrap': [{ flex: ['wrap', 'nowrap', 'wrap-reverse'] }],
      flex: [{ flex: ['1', 'auto', 'none', 'initial'] }],
      justify: [{ justify: ['start', 'end', 'center', 'between', 'around', 'evenly', 'normal', 'stretch'] }],
      content: [{ content: ['start', 'end', 'center', 'between'] }],
      'font-size': [{ text: ['xs', 'sm', 'base', 'lg', 'xl', '2xl', '3xl', isLength] }],
      'text-align': [{ text: ['left', 'center', 'right', 'start', 'end'] }],
      'text-wrap': [{ text: ['wrap', 'nowrap', 'balance', 'pretty'] }],
      'text-color': [{ text: [anything] }],
      'font-weight': [{ font: ['normal', 'medium', 'semibold', 'bold'] }],
      'font-family': [{ font: ['sans', 'mono'] }, 'figures'],
      'text-decoration': ['underline', 'line-through', 'no-underline'],
      'text-transform': ['uppercase', 'lowercase', 'capitalize', 'normal-case'],
      'font-style': ['italic', 'not-italic'],
      'screen-reader': ['sr-only', 'not-sr-only'],
      'border-style': [{ border: LINE_STYLES }],
      'border-collapse': [{ border: ['collapse', 'separate'] }],
      'border-width': [{ border: LINE_WIDTHS }],
      'border-color': [{ border: [anything] }],
      ...Object.fromEntries(
        SIDES.flatMap((side) => [
          [`border-width-${side}`, [{ [`border-${side}`]: LINE_WIDTHS }]],
          [`border-color-${side}`, [{ [`border-${side}`]: [anything] }]],
        ]),
      ),
      'background-image': [{ bg: [isImage] }],
      'background-color': [{ bg: [anything] }],
      'outline-style': [{ outline: LINE_STYLES }],
      'outline-width': [{ outline: LINE_WIDTHS }],
      'outline-color': [{ outline: [anything] }],
    },
    conflictingClassGroups: {
      p: ['px', 'py', 'pt', 'pr', 'pb', 'pl'],
      px: ['pr', 'pl'],
      py: ['pt', 'pb'],
      m: ['mx', 'my', 'mt', 'mr', 'mb', 'ml'],
      mx: ['mr', 'ml'],
      my: ['mt', 'mb'],
      size: ['w', 'h'],
      gap: ['gap-x', 'gap-y'],
      inset: ['inset-x', 'inset-y', 'top', 'right', 'bottom', 'left'],
      'inset-x': ['right', 'left'],
      'inset-y': ['top', 'bottom'],
      translate: ['translate-x', 'translate-y'],
      overflow: ['overflow-x', 'overflow-y'],
      flex: ['basis', 'grow', 'shrink'],
      rounded: ['rounded-l', 'rounded-r', 'rounded-t', 'rounded-b'],
      'border-width': SIDES.map((side) => `border-width-${side}`),
      'border-color': SIDES.map((side) => `border-color-${side}`),
      'line-clamp': ['display', 'overflow'],
      'font-size': ['leading'],
    },
    conflictingClassGroupModifiers: { 'font-size': ['leading'] },
    orderSensitiveModifiers: [
      '*',
      '**',
      'after',
      'backdrop',
      'before',
      'details-content',
      'file',
      'first-letter',
      'first-line',
      'marker',
      'placeholder',
      'selection',
    ],
  };
}

/** `[11px]`, `[clamp(…)]`: a size. `[#fff]` and `(--light)` are colours. */
function isLength(value: string): boolean {
  return /^\[(?:[\d.]+[a-z%]+|clamp\(.+\)|calc\(.+\))\]$/.test(value);
}

function isImage(value: string): boolean {
  return /^\[(?:url|[a-z-]+-gradient)\(/.test(value);
}
