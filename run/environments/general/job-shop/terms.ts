import type { Attr, Condition, Intervals, Pick, Side } from '../../../src/domain/constraint.ts';

export const PART = 'operations';
/** Slots of one shift; a start is 0..HORIZON-1 and everything ends by HORIZON. */
export const HORIZON = 36;
export const SLOT_MINUTES = 15;
export const EUR = 'money:EUR';

/** What the routing says of the row's operation on the row's machine. */
export const route = (column: 'slots' | 'cost_cents' | 'energy_kwh' | 'released' | 'latest_start'): Attr => ({
  table: 'routing',
  on: { operation: 'operation', machine: 'machine' },
  column,
});

/** What the row's operation needs, whatever is chosen for it. */
export const need = (column: 'crew' | 'tool_units'): Attr => ({
  table: 'operation',
  on: { name: 'operation' },
  column,
});

export const startTerms = (keys: readonly string[]): Pick => ({
  part: PART,
  field: 'start',
  attr: {},
  keys: [...keys],
});

export const machineTerms = (attr: Attr, keys: readonly string[]): Pick => ({
  part: PART,
  field: 'machine',
  attr,
  keys: [...keys],
});

export const startSide: Side = { part: PART, field: 'start', attr: {} };
export const machineSide: Side = { part: PART, field: 'machine', attr: {} };

export const intervals = (keys?: readonly string[]): Intervals => ({
  part: PART,
  start: 'start',
  duration: { field: 'machine', attr: route('slots') },
  ...(keys ? { keys: [...keys] } : {}),
});

/** The row's machine is one of `names`. */
export const onMachine = (names: readonly string[]): Condition => ({ attr: {}, op: 'in', values: [...names] });

/** "12:45" of minutes since midnight. */
export function clock(minutes: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60) % 24)}:${pad(minutes % 60)}`;
}
