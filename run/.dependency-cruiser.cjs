const notTest = '[.]test[.]ts$';

/** A folder of src may import only the folders listed. */
const only = ([name, from, allowed, comment]) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${from}/`, pathNot: notTest },
  to: { path: '^(src|environments)/', pathNot: `^src/(${allowed})/` },
});

const layers = [
  ['domain-is-pure', 'domain', 'domain|util', 'Domain knows no one: move the caller out, or the type in.'],
  [
    'engine-knows-no-stage',
    'engine',
    'engine|domain|util',
    'The engine is pure, and shared by stages: move what it needs of a stage into it.',
  ],
  ['ports-speak-domain', 'ports', 'ports|domain', 'A port is an interface in domain terms.'],
  [
    'stages-are-strangers',
    'stages/([^/]+)',
    'stages/$1|testbed|engine|domain|ports|util',
    'Stages meet in domain types and the ledger.',
  ],
  [
    'testbed-knows-no-stage',
    'testbed',
    'testbed|engine|domain|ports|util',
    'What runs tests in containers is shared by stages: move what it needs of a stage into it.',
  ],
  [
    'pipeline-runs-any-stage',
    'pipeline',
    'pipeline|domain|ports|util',
    'The pipeline is handed its stages, it names none.',
  ],
  [
    'adapters-are-strangers',
    'adapters/([^/]+)',
    'adapters/$1|adapters/scratch|domain|ports|util|verifiers',
    'Two adapters that need each other are one; scratch folders are for all that keep files for a while.',
  ],
  ['util-knows-nothing', 'util', 'util', 'A helper that knows the domain is domain.'],
];

module.exports = {
  forbidden: [
    ...layers.map(only),
    {
      name: 'packs-are-content',
      severity: 'error',
      comment: 'A domain pack declares: it may import domain, util, its own files and what is written for packs.',
      from: { path: '^environments/general/([^/]+)/', pathNot: notTest },
      to: {
        path: '^(src|environments)/',
        pathNot: ['^environments/general/$1/', '^src/(domain|util)/', '^src/(stages/synthesize|engine)/pack(/|[.]ts$)'],
      },
    },
    {
      name: 'stacks-are-content',
      severity: 'error',
      comment:
        'A stack reads a project and writes recipes: it may import domain, util, its own files, what stacks share and what is written for stacks.',
      from: { path: '^environments/software/([^/]+)/', pathNot: notTest },
      to: {
        path: '^(src|environments)/',
        pathNot: ['^environments/software/($1|shared)/', '^src/(domain|util)/', '^src/testbed/stack[.]ts$'],
      },
    },
    {
      name: 'world-behind-adapters',
      severity: 'error',
      comment: 'Disk, network and processes are for adapters and the cli: add a method to a port.',
      from: { path: '^src/(domain|engine|testbed|ports|stages|pipeline|util)/', pathNot: notTest },
      to: {
        dependencyTypes: ['core'],
        pathNot: '^(node:)?(crypto|path|events|util|assert|timers/promises|stream|stream/promises|stream/consumers)$',
      },
    },
    {
      name: 'one-home-per-vendor',
      severity: 'error',
      comment: 'Replacing a vendor must be one folder of work.',
      from: { path: '^(src/(domain|engine|testbed|ports|stages|util|cli)|environments)/', pathNot: notTest },
      to: { path: 'node_modules/(tinypool|p-queue|quickjs-emscripten|dockerode|@octokit|bullmq|ioredis|openai)/' },
    },
    {
      name: 'vendors-of-the-core',
      severity: 'error',
      comment: 'Domain knows zod alone; ports know no vendor; the pipeline knows p-queue.',
      from: { path: '^src/(domain|ports|pipeline)/', pathNot: notTest },
      to: { path: 'node_modules/', pathNot: 'node_modules/(zod|p-queue|@types)/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Break the cycle by moving the shared type down.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody imports this file: use it or delete it.',
      from: { orphan: true, path: '^src/', pathNot: notTest },
      to: {},
    },
    {
      name: 'src-not-to-test',
      severity: 'error',
      comment: 'What ships must not import what tests.',
      from: { path: '^(src|environments)/', pathNot: notTest },
      to: { path: `^test/|${notTest}` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|runs)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
