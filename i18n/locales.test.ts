import { describe, expect, it } from 'vitest';
import { matchAcceptLanguage } from './locales';

describe('the language of a first visit', () => {
  it('follows the order the browser asks in', () => {
    expect(matchAcceptLanguage('zh-CN,zh;q=0.9,en;q=0.8')).toBe('zh-CN');
    expect(matchAcceptLanguage('en;q=0.5, zh-TW;q=0.9')).toBe('zh-CN');
    expect(matchAcceptLanguage('de-DE,de;q=0.9,en;q=0.8,zh;q=0.7')).toBe('en');
  });

  it('is English when nothing matches or nothing was asked', () => {
    expect(matchAcceptLanguage('fr,de;q=0.9')).toBe('en');
    expect(matchAcceptLanguage('zh;q=0')).toBe('en');
    expect(matchAcceptLanguage(null)).toBe('en');
  });
});
