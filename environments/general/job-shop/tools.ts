import type { Tool } from '../../../src/domain/tool.ts';
import type { GatherStep } from '../../../src/stages/synthesize/pack.ts';

/** What a parameter of a name is called in its description, by table. */
const SAYS: Readonly<Record<string, string>> = {
  hall: 'Name of the hall, for example as list_halls gives it.',
  machine: 'Name of the machine.',
  customer: 'Name of the customer.',
  job: 'Number of the job.',
  operation: 'Code of the operation.',
  family: 'Name of the material family.',
  skill: 'Name of the skill.',
  tooling: 'Name of the tooling.',
};

interface Spec {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
  readonly returns?: Tool['returns'];
  /** The table whose name is the only parameter. */
  readonly of?: string;
}

function lookUp({ name, description, sql, returns = 'rows', of }: Spec): Tool {
  const parameters: Tool['parameters'] = of
    ? { [of]: { type: 'string', description: SAYS[of] as string, key: `${of}.name` } }
    : {};
  return { name, description, parameters, sql, returns, effect: 'read' };
}

const PLANT: readonly Tool[] = [
  lookUp({ name: 'list_halls', description: 'Names of all halls.', sql: 'SELECT name FROM hall ORDER BY name' }),
  lookUp({
    name: 'get_hall',
    description:
      'A hall: supervisor, and shift_start, the minutes after midnight at which slot 0 begins in plans for this hall.',
    sql: 'SELECT name, supervisor, shift_start FROM hall WHERE name = :hall ORDER BY name',
    returns: 'row',
    of: 'hall',
  }),
  lookUp({
    name: 'list_machines',
    description: 'Names of the machines that stand in a hall.',
    sql: 'SELECT name FROM machine WHERE hall = :hall ORDER BY name',
    of: 'hall',
  }),
  lookUp({
    name: 'get_machine',
    description:
      'A machine: hall, kind, rate_cents (cents an hour), power_kw (kW while an operation runs), accuracy (score of 0 to 100, higher is better), installed (year).',
    sql: 'SELECT name, hall, kind, rate_cents, power_kw, accuracy, installed FROM machine WHERE name = :machine ORDER BY name',
    returns: 'row',
    of: 'machine',
  }),
  lookUp({
    name: 'list_blocked_slots',
    description: 'The slots in which no operation may be started on a machine, with the reason. Often none.',
    sql: 'SELECT machine, slot, reason FROM blocked WHERE machine = :machine ORDER BY slot',
    of: 'machine',
  }),
  lookUp({
    name: 'list_families',
    description: 'All material families with their hardness score.',
    sql: 'SELECT name, hardness FROM family ORDER BY name',
  }),
  lookUp({
    name: 'list_setups_after',
    description:
      'Set-up times in slots on a machine whose last operation was of this family, by family of the next operation. The same family needs none.',
    sql: 'SELECT from_family, to_family, slots FROM setup WHERE from_family = :family ORDER BY to_family',
    of: 'family',
  }),
  lookUp({
    name: 'list_operators',
    description: 'Operators who have a skill, and the hall in which each works.',
    sql: 'SELECT name, hall FROM operator WHERE skill = :skill ORDER BY name',
    of: 'skill',
  }),
  lookUp({
    name: 'list_skills',
    description: 'All skills of operators, with the days of training that each takes.',
    sql: 'SELECT name, training_days FROM skill ORDER BY name',
  }),
  lookUp({
    name: 'get_tooling',
    description: 'A tooling: the number of copies that the company owns.',
    sql: 'SELECT name, copies FROM tooling WHERE name = :tooling ORDER BY name',
    returns: 'row',
    of: 'tooling',
  }),
];

const ORDERS: readonly Tool[] = [
  lookUp({
    name: 'list_customers',
    description: 'All customers.',
    sql: 'SELECT name, since FROM customer ORDER BY name',
  }),
  lookUp({
    name: 'list_jobs_of_customer',
    description: 'Numbers of the jobs that a customer has ordered, in all halls.',
    sql: 'SELECT name FROM job WHERE customer = :customer ORDER BY name',
    of: 'customer',
  }),
  lookUp({
    name: 'list_jobs',
    description: 'Numbers of the jobs for which a hall is responsible.',
    sql: 'SELECT name FROM job WHERE hall = :hall ORDER BY name',
    of: 'hall',
  }),
  lookUp({
    name: 'get_job',
    description:
      'A job: customer, hall, material family, priority (1 is the most urgent, 3 the least), quantity (pieces).',
    sql: 'SELECT name, customer, hall, family, priority, quantity FROM job WHERE name = :job ORDER BY name',
    returns: 'row',
    of: 'job',
  }),
  lookUp({
    name: 'list_operations',
    description: 'Codes of the operations of a job with their position (1 is done first).',
    sql: 'SELECT name, position FROM operation WHERE job = :job ORDER BY position',
    of: 'job',
  }),
  lookUp({
    name: 'get_operation',
    description:
      'An operation: job, position, kind of machine, material family, skill and crew (operators occupied), tooling and tool_units (copies occupied), temperature_c (°C, 20 is cold).',
    sql: 'SELECT name, job, position, kind, family, skill, crew, tooling, tool_units, temperature_c FROM operation WHERE name = :operation ORDER BY name',
    returns: 'row',
    of: 'operation',
  }),
  lookUp({
    name: 'list_routes',
    description:
      'The machines on which an operation can be done: released (1 yes, 0 no), slots (duration), cost_cents (cents), energy_kwh, latest_start (last start slot from which it ends within the shift).',
    sql: 'SELECT machine, released, slots, cost_cents, energy_kwh, latest_start FROM routing WHERE operation = :operation ORDER BY machine',
    of: 'operation',
  }),
  lookUp({
    name: 'list_operations_on_machine',
    description: 'Codes of the operations that have a route over a machine, of all jobs.',
    sql: 'SELECT operation FROM routing WHERE machine = :machine ORDER BY operation',
    of: 'machine',
  }),
];

const AGGREGATES: readonly Tool[] = [
  lookUp({
    name: 'get_job_sheet',
    description: 'All operations of a job with everything that get_operation says of each, in order of position.',
    sql: 'SELECT name, job, position, kind, family, skill, crew, tooling, tool_units, temperature_c FROM operation WHERE job = :job ORDER BY position',
    of: 'job',
  }),
  {
    name: 'search_released_routes',
    description:
      'The released machines for an operation that cost at most max_cost_cents, quickest first, then cheapest: slots (duration), cost_cents.',
    parameters: {
      operation: { type: 'string', description: SAYS.operation as string, key: 'operation.name' },
      max_cost_cents: { type: 'integer', description: 'Highest cost in cents, inclusive.' },
    },
    sql: 'SELECT machine, slots, cost_cents FROM routing WHERE operation = :operation AND released = 1 AND cost_cents <= :max_cost_cents ORDER BY slots, cost_cents, machine',
    returns: 'rows',
    effect: 'read',
  },
];

export const tools: readonly Tool[] = [...PLANT, ...ORDERS, ...AGGREGATES];

export const aggregateTools: readonly string[] = AGGREGATES.map(({ name }) => name);

export const gather: readonly GatherStep[] = [
  { tool: 'list_halls', into: 'hall', args: {} },
  { tool: 'get_hall', into: 'hall', args: { hall: 'hall.name' } },
  { tool: 'list_machines', into: 'machine', args: { hall: 'hall.name' }, merge: { hall: 'hall' } },
  { tool: 'get_machine', into: 'machine', args: { machine: 'machine.name' } },
  { tool: 'list_blocked_slots', into: 'blocked', args: { machine: 'machine.name' } },
  { tool: 'list_families', into: 'family', args: {} },
  { tool: 'list_setups_after', into: 'setup', args: { family: 'family.name' } },
  { tool: 'list_jobs', into: 'job', args: { hall: 'hall.name' }, merge: { hall: 'hall' } },
  { tool: 'get_job', into: 'job', args: { job: 'job.name' } },
  { tool: 'list_operations', into: 'operation', args: { job: 'job.name' }, merge: { job: 'job' } },
  { tool: 'get_operation', into: 'operation', args: { operation: 'operation.name' } },
  { tool: 'list_routes', into: 'routing', args: { operation: 'operation.name' }, merge: { operation: 'operation' } },
];
