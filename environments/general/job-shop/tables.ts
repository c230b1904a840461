import type { Table } from '../../../src/domain/world.ts';
import { HORIZON } from './terms.ts';

type Col = Table['columns'][number];
const name = (says: string): Col => ({ name: 'name', type: 'text', role: 'name', unit: 'text', says });
const ref = (column: string, target: string, says: string): Col => ({
  name: column,
  type: 'text',
  role: 'ref',
  target: `${target}.name`,
  unit: 'text',
  says,
});
const int = (column: string, unit: Col['unit'], says: string): Col => ({
  name: column,
  type: 'integer',
  role: 'value',
  unit,
  says,
});
const text = (column: string, says: string): Col => ({ name: column, type: 'text', role: 'value', unit: 'text', says });

const PLANT: readonly Table[] = [
  {
    name: 'hall',
    says: 'production halls, each planned on its own',
    key: ['name'],
    columns: [
      name('name of the hall'),
      text('supervisor', 'who runs the hall'),
      int('shift_start', 'clock', 'minutes after midnight at which slot 0 begins in plans for this hall'),
    ],
  },
  {
    name: 'machine',
    says: 'machines; the operations that may run on one stand in routing',
    key: ['name'],
    columns: [
      name('name of the machine'),
      ref('hall', 'hall', 'hall in which it stands'),
      text('kind', 'what it does'),
      int('rate_cents', 'money:EUR', 'hourly rate in cents'),
      int('power_kw', 'plain:kW', 'power drawn while an operation runs'),
      int('accuracy', 'plain:points', 'accuracy score, 0 to 100, higher is better'),
      int('installed', 'count', 'year of installation'),
    ],
  },
  {
    name: 'blocked',
    says: 'slots in which no operation may be started on a machine',
    key: ['machine', 'slot'],
    columns: [
      ref('machine', 'machine', 'the machine'),
      int('slot', 'count', `slot of the shift, 0 to ${HORIZON - 1}`),
      text('reason', 'why nobody can load it'),
    ],
  },
  {
    name: 'family',
    says: 'material families; a machine is set up for one at a time',
    key: ['name'],
    columns: [name('name of the family'), int('hardness', 'plain:points', 'hardness score, 0 to 100')],
  },
  {
    name: 'setup',
    says: 'set-up time between two families on one machine; no row where the families are equal',
    key: ['from_family', 'to_family'],
    columns: [
      ref('from_family', 'family', 'family of the earlier operation'),
      ref('to_family', 'family', 'family of the later operation'),
      int('slots', 'plain:slots', 'set-up time in slots'),
    ],
  },
  {
    name: 'skill',
    says: 'qualifications of operators',
    key: ['name'],
    columns: [name('name of the skill'), int('training_days', 'plain:days', 'days of training it takes')],
  },
  {
    name: 'operator',
    says: 'operators, each with one skill',
    key: ['name'],
    columns: [
      name('name of the operator'),
      ref('skill', 'skill', 'the skill'),
      ref('hall', 'hall', 'hall in which they work'),
    ],
  },
  {
    name: 'tooling',
    says: 'fixtures and tools that operations occupy while they run',
    key: ['name'],
    columns: [name('name of the tooling'), int('copies', 'count', 'copies that the company owns')],
  },
];

const ORDERS: readonly Table[] = [
  {
    name: 'customer',
    says: 'customers',
    key: ['name'],
    columns: [name('name of the customer'), int('since', 'count', 'customer since this year')],
  },
  {
    name: 'job',
    says: 'orders; a job is a chain of operations',
    key: ['name'],
    columns: [
      name('number of the job'),
      ref('customer', 'customer', 'who ordered it'),
      ref('hall', 'hall', 'hall that is responsible'),
      ref('family', 'family', 'material family of its parts'),
      int('priority', 'count', '1 is the most urgent, 3 the least'),
      int('quantity', 'plain:pieces', 'number of pieces'),
    ],
  },
  {
    name: 'operation',
    says: 'steps of jobs, done in the order of position',
    key: ['name'],
    columns: [
      name('code of the operation'),
      ref('job', 'job', 'the job that it belongs to'),
      int('position', 'count', 'place in the job, 1 is first'),
      text('kind', 'kind of machine that it needs'),
      ref('family', 'family', 'material family, the same as that of the job'),
      ref('skill', 'skill', 'skill that its operators need while it runs'),
      int('crew', 'plain:operators', 'operators with that skill that it occupies while it runs'),
      ref('tooling', 'tooling', 'tooling that it occupies while it runs'),
      int('tool_units', 'count', 'copies of the tooling that it occupies'),
      int('temperature_c', 'plain:°C', 'working temperature; 20 is cold'),
    ],
  },
  {
    name: 'routing',
    says: 'how long and how dear an operation is on a machine; without a row it cannot be done there',
    key: ['operation', 'machine'],
    columns: [
      ref('operation', 'operation', 'the operation'),
      ref('machine', 'machine', 'the machine'),
      int('released', 'count', '1 where quality assurance has released this combination, 0 where it has not'),
      int('slots', 'plain:slots', 'duration in slots, without set-up'),
      int('cost_cents', 'money:EUR', 'cost in cents: hourly rate for the duration, plus consumables'),
      int('energy_kwh', 'plain:kWh', 'energy used: power for the duration'),
      int('latest_start', 'count', 'last start slot from which it still ends within the shift'),
    ],
  },
];

export const tables: readonly Table[] = [...PLANT, ...ORDERS];
