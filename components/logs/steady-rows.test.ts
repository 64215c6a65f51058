import { expect, it } from 'vitest';
import { steadyRows } from './steady-rows';

it('new requests wait while the pointer is on the list, and known ones still change in place', () => {
  const held = [
    { id: 'b', status: 'running' },
    { id: 'a', status: 'completed' },
  ];
  const latest = [
    { id: 'd', status: 'running' },
    { id: 'c', status: 'completed' },
    { id: 'b', status: 'completed' },
  ];
  expect(steadyRows(held, latest)).toEqual({
    rows: [
      { id: 'b', status: 'completed' },
      { id: 'a', status: 'completed' },
    ],
    waiting: 2,
  });
  expect(steadyRows(null, latest)).toEqual({ rows: latest, waiting: 0 });
});
