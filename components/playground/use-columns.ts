'use client';

import { useCallback, useRef, useState } from 'react';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { buildBody } from './build-body';
import { streamChat } from './stream-chat';
import { type Answer, type Column, type Lend, NO_ANSWER, type Settings } from './types';
import { useCredential } from './use-credential';

export const MAX_COLUMNS = 4;

export interface Columns {
  columns: Column[];
  isRunning: boolean;
  send: (question: { text: string; images: string[] }, settings: Settings) => void;
  stop: () => void;
  add: (model: string) => void;
  remove: (id: number) => void;
  choose: (id: number, model: string) => void;
  clear: () => void;
}

interface UseColumnsOptions {
  org: string;
  models: string[];
  lend: Lend;
  /** Told the models whenever they change: they stand in the URL. */
  onModels: (models: string[]) => void;
}

/** The conversations side by side. Each column goes on with its own answers. */
export function useColumns({ org, models, lend, onModels }: UseColumnsOptions): Columns {
  const describe = useActionMessage();
  const { borrow, drop } = useCredential(org, lend);
  const lastId = useRef(models.length);
  const [columns, setColumns] = useState<Column[]>(() => models.map((model, id) => ({ id, model, turns: [] })));
  const [running, setRunning] = useState<AbortController | null>(null);

  const change = useCallback(
    (next: (columns: Column[]) => Column[]) => {
      const changed = next(columns);
      setColumns(changed);
      onModels(changed.map(({ model }) => model));
    },
    [columns, onModels],
  );

  const setAnswer = useCallback((columnId: number, turnId: number, answer: Answer) => {
    setColumns((all) =>
      all.map((column) =>
        column.id === columnId ? { ...column, turns: column.turns.map((turn) => (turn.id === turnId ? { ...turn, answer } : turn)) } : column,
      ),
    );
  }, []);

  async function ask(column: Column, turnId: number, question: { text: string; images: string[] }, settings: Settings, signal: AbortSignal): Promise<void> {
    const body = buildBody(column.model, column.turns, question, settings);
    const show = (answer: Answer) => setAnswer(column.id, turnId, answer);
    for (const isLast of [false, true]) {
      const credential = await borrow();
      if (!credential.ok) return show({ ...NO_ANSWER, state: 'failed', error: { status: 0, code: credential.error.code, message: describe(credential.error) } });
      const answer = await streamChat({ url: '/v1/chat/completions', key: credential.key, body, signal }, (step) => {
        // Another tab may have borrowed meanwhile: the first 401 is answered by borrowing again.
        if (isLast || step.error?.status !== 401) show(step);
      });
      if (answer.error?.status !== 401) return;
      drop();
    }
  }

  function send(question: { text: string; images: string[] }, settings: Settings) {
    const stop = new AbortController();
    const turnId = ++lastId.current;
    setRunning(stop);
    setColumns((all) => all.map((column) => ({ ...column, turns: [...column.turns, { id: turnId, question: question.text, images: question.images, answer: NO_ANSWER }] })));
    void Promise.all(columns.map((column) => ask(column, turnId, question, settings, stop.signal))).finally(() => setRunning(null));
  }

  return {
    columns,
    isRunning: running !== null,
    send,
    stop: () => running?.abort(),
    add: (model) => change((all) => (all.length < MAX_COLUMNS ? [...all, { id: ++lastId.current, model, turns: [] }] : all)),
    remove: (id) => change((all) => (all.length > 1 ? all.filter((column) => column.id !== id) : all)),
    choose: (id, model) => change((all) => all.map((column) => (column.id === id ? { ...column, model } : column))),
    clear: () => setColumns((all) => all.map((column) => ({ ...column, turns: [] }))),
  };
}
