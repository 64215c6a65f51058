import { describe, expect, it } from 'vitest';
import { explainName, explainTarget, type Layer, layersOf, ownLayers } from './allow';
import { matchesModel, type ModelFacts } from './rules';

const model = (id: string, more: Partial<ModelFacts> = {}): ModelFacts => ({ id, provider: 'openai', region: 'us', capabilities: new Set(['tools']), rates: { input: 1_000_000_000n, output: 4_000_000_000n }, ...more });
const layers = (more: Partial<Parameters<typeof layersOf>[0]> = {}) => layersOf({ platformDeny: [], plan: { allow: ['*'], deny: [] }, own: [], keyModels: null, ...more });

describe('a rule', () => {
  it('names a model, a pattern, or what is known of a model', () => {
    const facts = model('gpt-4o', { region: 'eu', provider: 'azure-openai' });
    const fitting = ['gpt-4o', 'gpt-*', '*', 'provider:azure-openai', 'provider:azure-*', 'region:eu', 'cap:tools', 'max-output:4', 'max-input:1.00', 'min-output:4'];
    expect(fitting.filter((rule) => !matchesModel(rule, facts))).toEqual([]);
    const strange = ['gpt-4', 'provider:openai', 'region:us', 'cap:vision', 'max-output:3.99', 'max-input:0.5', 'min-output:4.01', 'max-output:cheap'];
    expect(strange.filter((rule) => matchesModel(rule, facts))).toEqual([]);
  });

  it('takes an unpriced model for dearer than any bound, and an unknown region for no region', () => {
    const facts = model('new', { rates: null, region: null });
    expect([matchesModel('max-output:1000', facts), matchesModel('min-output:1000', facts), matchesModel('region:*', facts)]).toEqual([false, true, false]);
  });
});

describe('the narrowing order', () => {
  it('platform, plan, organization, role, key: the widest that refuses is the one that is named', () => {
    const own = ownLayers({ allow: ['a', 'b', 'c', 'd'], deny: [], roles: { developer: { allow: ['a', 'b', 'c'], deny: ['c'] } } }, 'developer');
    const all = layers({ platformDeny: ['f'], plan: { allow: ['a', 'b', 'c', 'd', 'e', 'f'], deny: [] }, own, keyModels: ['a'] });
    const by = (id: string) => {
      const verdict = explainName(id, model(id), all);
      return verdict.allowed ? 'allowed' : `${verdict.layer} ${verdict.list}`;
    };
    expect(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(by)).toEqual(['allowed', 'key allow', 'role deny', 'role allow', 'organization allow', 'platform deny', 'plan allow']);
  });

  it('a denial above is lifted by nothing below, whatever allows it there', () => {
    const everything: Layer[] = ownLayers({ allow: ['*'], deny: [], roles: { owner: { allow: ['*'] } } }, 'owner');
    for (const deny of ['gpt-4o', 'provider:openai', 'region:us']) {
      const verdict = explainName('gpt-4o', model('gpt-4o'), layers({ platformDeny: [deny], own: everything, keyModels: ['*', 'gpt-4o'] }));
      expect(verdict).toEqual({ allowed: false, layer: 'platform', list: 'deny', rule: deny });
    }
  });

  it('empty lists of an organization and roles without a list narrow nothing', () => {
    expect(ownLayers({ allow: [], deny: null, roles: {} }, 'developer')).toEqual([]);
    expect(ownLayers({ allow: null, deny: [], roles: { admin: { allow: ['x'] } } }, 'developer')).toEqual([]);
  });
});

describe('aliases', () => {
  it('an allowed alias brings its targets, except those that any layer denies', () => {
    const plan = { allow: ['fast'], deny: ['secret-*', 'region:cn'] };
    expect(explainName('fast', null, layers({ plan })).allowed).toBe(true);
    expect(explainTarget('fast', model('gpt-4o'), layers({ plan })).allowed).toBe(true);
    expect(explainTarget('fast', model('secret-1'), layers({ plan }))).toMatchObject({ layer: 'plan', rule: 'secret-*' });
    expect(explainTarget('fast', model('qwen', { region: 'cn' }), layers({ plan }))).toMatchObject({ rule: 'region:cn' });
  });

  it('a plan of cheap models lets an alias through to its cheap targets only', () => {
    const plan = { allow: ['max-output:1.00'], deny: [] };
    const cheap = model('small', { rates: { input: 100_000_000n, output: 400_000_000n } });
    expect(explainName('fast', null, layers({ plan })).allowed).toBe(true);
    expect(explainTarget('fast', cheap, layers({ plan })).allowed).toBe(true);
    expect(explainTarget('fast', model('gpt-4o'), layers({ plan }))).toMatchObject({ layer: 'plan', list: 'allow' });
    expect(explainName('gpt-4o', model('gpt-4o'), layers({ plan })).allowed).toBe(false);
  });
});
