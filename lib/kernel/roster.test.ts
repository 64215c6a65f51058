import { describe, expect, test } from 'vitest';
import { Roster } from './roster';

describe('a roster', () => {
  test('knows who is on it, whatever the order in which members leave', () => {
    const roster = new Roster<string>();
    const leave = new Map(['a', 'b', 'c', 'd'].map((name) => [name, roster.join(name)]));
    leave.get('b')?.();
    leave.get('d')?.();
    expect(roster.members().sort()).toEqual(['a', 'c']);
    roster.join('e');
    leave.get('a')?.();
    expect(roster.members().sort()).toEqual(['c', 'e']);
    expect(roster.size).toBe(2);
  });

  test('lets a member leave twice without taking another one with it', () => {
    const roster = new Roster<string>();
    const leave = roster.join('a');
    leave();
    roster.join('b');
    leave();
    expect(roster.members()).toEqual(['b']);
  });

  test('dismisses everybody once', () => {
    const roster = new Roster<string>();
    const leave = roster.join('a');
    expect(roster.dismiss()).toEqual(['a']);
    roster.join('b');
    leave();
    expect(roster.members()).toEqual(['b']);
  });

  test('reads as it was when a member leaves meanwhile', () => {
    const roster = new Roster<() => void>();
    const heard: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      const leave = roster.join(() => {
        heard.push(name);
        leave();
      });
    }
    for (const member of roster.members()) member();
    expect(heard.sort()).toEqual(['a', 'b', 'c']);
    expect(roster.size).toBe(0);
  });
});
