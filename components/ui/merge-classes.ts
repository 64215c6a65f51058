/** Properties whose class is a prefix and any value: `gap-3`, `z-10`, `max-w-[72ch]`. */
const PREFIXES = new Set(
  (
    'p px py pt pr pb pl m mx my mt mr mb ml w h size min-w min-h max-w max-h gap gap-x gap-y basis shrink grow order z col row grid-cols grid-rows ' +
    'inset inset-x inset-y top right bottom left translate translate-x translate-y scale rotate origin overflow overflow-x overflow-y overscroll object ' +
    'items self justify-items justify-self place-items align whitespace break touch fill stroke opacity rounded rounded-l rounded-r rounded-t rounded-b ' +
    'shadow transition animate cursor select pointer-events leading tracking list caption decoration underline-offset outline-offset line-clamp accent appearance divide'
  ).split(' '),
);

/** Properties whose classes are words of their own. */
const WORDS = new Map(
  Object.entries({
    display: 'block inline-block inline flex inline-flex grid inline-grid table contents hidden',
    position: 'static fixed absolute relative sticky',
    'flex-direction': 'flex-row flex-row-reverse flex-col flex-col-reverse',
    'flex-wrap': 'flex-wrap flex-nowrap flex-wrap-reverse',
    flex: 'flex-1 flex-auto flex-none flex-initial',
    justify: 'justify-start justify-end justify-center justify-between justify-around justify-evenly justify-normal justify-stretch',
    content: 'content-start content-end content-center content-between',
    'font-size': 'text-base',
    'text-align': 'text-left text-center text-right text-start text-end',
    'text-wrap': 'text-wrap text-nowrap text-balance text-pretty',
    'font-weight': 'font-normal font-medium font-semibold font-bold',
    'font-family': 'font-sans font-mono figures',
    'text-decoration': 'underline line-through no-underline',
    'text-transform': 'uppercase lowercase capitalize normal-case',
    'font-style': 'italic not-italic',
    'screen-reader': 'sr-only not-sr-only',
    'border-style': 'border-solid border-dashed border-dotted border-double border-none',
    'border-collapse': 'border-collapse border-separate',
    'border-width': 'border border-0 border-2 border-4',
    'border-width-t': 'border-t border-t-0 border-t-2 border-t-4',
    'border-width-r': 'border-r border-r-0 border-r-2 border-r-4',
    'border-width-b': 'border-b border-b-0 border-b-2 border-b-4',
    'border-width-l': 'border-l border-l-0 border-l-2 border-l-4',
    'outline-style': 'outline-solid outline-dashed outline-dotted outline-double outline-none',
    'outline-width': 'outline outline-0 outline-2 outline-4',
  }).flatMap(([property, words]) => words.split(' ').map((word) => [word, property] as const)),
);

/** What a prefix stands for when the value is none of those words: a colour, mostly. */
const REST = new Map<string, (value: string) => string>([
  ['text', (value) => (/^(?:\d*(?:xs|sm|md|lg|xl)|\[(?:[\d.]+[a-z%]+|clamp\(.+\)|calc\(.+\))\])$/.test(value) ? 'font-size' : 'text-color')],
  ['bg', (value) => (/^\[(?:url|[a-z-]+-gradient)\(/.test(value) ? 'background-image' : 'background-color')],
  ['outline', () => 'outline-color'],
  ['border', () => 'border-color'],
  ...['t', 'r', 'b', 'l'].map((side) => [`border-${side}`, () => `border-color-${side}`] as const),
]);

/** Properties that set others along: they replace them, too. */
const CONTAINS: Record<string, readonly string[]> = {
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
  'border-width': ['border-width-t', 'border-width-r', 'border-width-b', 'border-width-l'],
  'border-color': ['border-color-t', 'border-color-r', 'border-color-b', 'border-color-l'],
  'line-clamp': ['display', 'overflow'],
  'font-size': ['leading'],
};

/** The property a class without modifiers sets; null for one that is not ours to judge. */
function propertyOf(name: string): string | null {
  const word = WORDS.get(name) ?? (PREFIXES.has(name) ? name : undefined);
  if (word) return word;
  // From the longest prefix on: `max-w-0` is `max-w`, not `max`. What stands in brackets is value.
  const until = name.search(/[[(]/);
  for (let at = name.lastIndexOf('-', until < 0 ? name.length : until); at > 0; at = name.lastIndexOf('-', at - 1)) {
    const prefix = name.slice(0, at);
    if (PREFIXES.has(prefix)) return prefix;
    const rest = REST.get(prefix);
    if (rest) return rest(name.slice(at + 1));
  }
  return null;
}

const known = new Map<string, string>();

/**
 * Of several Tailwind classes for one property, in the same state and width, keeps the last. The part of tailwind-merge that
 * this console needs, at a fifth of its weight; merge-classes.test.ts compares the two for every class in use.
 */
export function mergeClasses(list: string): string {
  const before = known.get(list);
  if (before !== undefined) return before;
  const settled = new Set<string>();
  const kept: string[] = [];
  for (const token of list.split(/\s+/).reverse()) {
    const [, states = '', bare = ''] = /^((?:(?:[^:[\]()]|\[[^\]]*\]|\([^)]*\))+:)*)(.*)$/.exec(token) ?? [];
    const isImportant = bare.startsWith('!') || bare.endsWith('!');
    const name = bare.replace(/^!|!$/, '').replace(/^-/, '');
    const property = propertyOf(name.replace(/\/[\w.]+$/, '')) ?? propertyOf(name);
    if (property !== null) {
      const state = `${states}${isImportant ? '!' : ''}`;
      if (settled.has(state + property)) continue;
      for (const each of [property, ...(CONTAINS[property] ?? [])]) settled.add(state + each);
    }
    kept.push(token);
  }
  const merged = kept.reverse().join(' ');
  if (known.size > 1_000) known.clear();
  known.set(list, merged);
  return merged;
}
