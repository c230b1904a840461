/** Options on pytest's command line, and keys of its configuration, that only a plugin knows. */
const OPTIONS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\s)--(?:no-)?cov\b/, 'pytest-cov'],
  [/(?:^|\s)(?:-n\s*\d|-nauto|-n\s+auto|--dist\b|--numprocesses)/, 'pytest-xdist'],
  [/(?:^|\s)--timeout\b/, 'pytest-timeout'],
  [/(?:^|\s)--benchmark/, 'pytest-benchmark'],
  [/(?:^|\s)--asyncio-mode/, 'pytest-asyncio'],
  [/(?:^|\s)--mypy\b/, 'pytest-mypy'],
  [/(?:^|\s)--flake8\b/, 'pytest-flake8'],
  [/(?:^|\s)--black\b/, 'pytest-black'],
  [/(?:^|\s)--ds=|--reuse-db|--nomigrations|--no-migrations/, 'pytest-django'],
  [/(?:^|\s)--(?:reruns|only-rerun)\b/, 'pytest-rerunfailures'],
  [/(?:^|\s)--(?:disable-socket|allow-hosts)\b/, 'pytest-socket'],
  [/(?:^|\s)--snapshot/, 'syrupy'],
  [/(?:^|\s)--(?:no-)?html\b/, 'pytest-html'],
  [/(?:^|\s)--doctest-plus|--doctest-rst/, 'pytest-doctestplus'],
  [/(?:^|\s)--nbval/, 'nbval'],
  [/(?:^|\s)--randomly-/, 'pytest-randomly'],
  [/(?:^|\s)--isort\b/, 'pytest-isort'],
  [/(?:^|\s)--pylint\b/, 'pytest-pylint'],
  [/(?:^|\s)--spec\b/, 'pytest-spec'],
  [/(?:^|\s)--picked\b/, 'pytest-picked'],
  [/(?:^|\s)--record-mode/, 'pytest-recording'],
];
const KEYS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    asyncio_mode: 'pytest-asyncio',
    asyncio_default_fixture_loop_scope: 'pytest-asyncio',
    timeout: 'pytest-timeout',
    timeout_method: 'pytest-timeout',
    django_settings_module: 'pytest-django',
    django_find_project: 'pytest-django',
    env: 'pytest-env',
    mock_use_standalone_module: 'pytest-mock',
    qt_api: 'pytest-qt',
    trio_mode: 'pytest-trio',
  }),
);

/** What tests import, by module, and the fixtures that plugins give them. */
const MODULES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    mock: 'mock',
    nose: 'nose',
    six: 'six',
    hypothesis: 'hypothesis',
    freezegun: 'freezegun',
    time_machine: 'time-machine',
    parameterized: 'parameterized',
    responses: 'responses',
    requests_mock: 'requests-mock',
    ddt: 'ddt',
    testtools: 'testtools',
    testfixtures: 'testfixtures',
    pyfakefs: 'pyfakefs',
    pytest_httpbin: 'pytest-httpbin',
    httpretty: 'httpretty',
    vcr: 'vcrpy',
    factory: 'factory-boy',
    faker: 'faker',
    syrupy: 'syrupy',
    inline_snapshot: 'inline-snapshot',
    trustme: 'trustme',
    pretend: 'pretend',
    unittest2: 'unittest2',
  }),
);
const FIXTURES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    mocker: 'pytest-mock',
    benchmark: 'pytest-benchmark',
    httpbin: 'pytest-httpbin',
    requests_mock: 'requests-mock',
    httpserver: 'pytest-httpserver',
    httpx_mock: 'pytest-httpx',
    datadir: 'pytest-datadir',
    freezer: 'pytest-freezer',
    subtests: 'pytest-subtests',
    fs: 'pyfakefs',
  }),
);

/** Packages that pytest's options ask for. */
export function pluginsOfOptions(pytest: Readonly<Record<string, string>>): readonly string[] {
  const options = pytest.addopts ?? '';
  const byOption = OPTIONS.flatMap(([pattern, name]) => (pattern.test(options) ? [name] : []));
  const byKey = Object.keys(pytest).flatMap((key) => KEYS.get(key.toLowerCase()) ?? []);
  const required = (pytest.required_plugins ?? '').split(/[\n,]+|\s(?=[a-z])/).filter((name) => /^[a-z]/.test(name));
  return [...byOption, ...byKey, ...required];
}

/** Packages that the text of a test file or a conftest.py asks for. */
export function pluginsOfTests(text: string): readonly string[] {
  const imports = [...text.matchAll(/^\s*(?:import|from)\s+(\w+)/gm)].flatMap(
    ([, name]) => MODULES.get(name ?? '') ?? [],
  );
  const parameters = [...text.matchAll(/^\s*(?:async\s+)?def\s+test\w*\(([^)]*)\)/gm)].flatMap(([, list]) =>
    (list ?? '').split(',').flatMap((name) => pluginOfFixture(text, name.replace(/[:=].*/s, '').trim()) ?? []),
  );
  const marks = /\b(?:pytest\.mark\.asyncio)\b/.test(text) ? ['pytest-asyncio'] : [];
  const trio = /\bpytest\.mark\.trio\b/.test(text) ? ['pytest-trio'] : [];
  const django = /\bpytest\.mark\.django_db\b/.test(text) ? ['pytest-django'] : [];
  return [...imports, ...parameters, ...marks, ...trio, ...django];
}

/** A fixture of the file's own goes before a plugin's. */
function pluginOfFixture(text: string, fixture: string): string | undefined {
  const plugin = FIXTURES.get(fixture);
  return plugin !== undefined && new RegExp(`def\\s+${fixture}\\s*\\(`).test(text) ? undefined : plugin;
}
