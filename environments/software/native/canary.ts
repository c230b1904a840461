import type { Canary, Project, Target } from '../../../src/testbed/stack.ts';
import { folderOf, join } from '../shared/paths.ts';

interface Framework {
  readonly sign: RegExp;
  /** Of its own repository, which compares what the framework prints of the tests there are. */
  readonly repository: string;
  toTests(nonce: string): string;
}

/** Frameworks whose tests register themselves, by how a file that uses them can be told. */
const FRAMEWORKS: readonly Framework[] = [
  {
    sign: /#\s*include\s*[<"](?:gtest\/gtest\.h|gmock\/gmock\.h)[>"]/,
    repository: 'googletest',
    toTests: (nonce) =>
      `TEST(A${nonce}, Passes) { SUCCEED(); }\nTEST(Z${nonce}, Fails) { ADD_FAILURE() << "must be seen"; }\n`,
  },
  {
    sign: /#\s*include\s*[<"][^>"]*(?:catch2\/|catch\.hpp|catch_)[^>"]*[>"]/,
    repository: 'catch2',
    toTests: (nonce) => `TEST_CASE("A${nonce}") { SUCCEED(); }\nTEST_CASE("Z${nonce}") { FAIL("must be seen"); }\n`,
  },
  {
    sign: /#\s*include\s*[<"][^>"]*doctest[^>"]*[>"]/,
    repository: 'doctest',
    toTests: (nonce) =>
      `TEST_CASE("A${nonce}") { CHECK(true); }\nTEST_CASE("Z${nonce}") { CHECK_MESSAGE(false, "must be seen"); }\n`,
  },
];

/**
 * Where tests register themselves, two more at the end of a changed test file: they are linked with the code under test. Elsewhere ctest is given two
 * scripts, which shows that it is ctest that runs. Other runners take none.
 */
export async function canary(
  nonce: string,
  { project, recipe }: Omit<Target, 'failToPass'>,
): Promise<Canary | undefined> {
  const names = { passing: `A${nonce}`, failing: `Z${nonce}` };
  const grown = await growTest(project, nonce);
  if (grown !== undefined) return { files: grown, args: [], ...names };
  if (!recipe.variant.startsWith('cmake')) return undefined;
  const files = { [`${names.passing}.sh`]: 'exit 0\n', [`${names.failing}.sh`]: 'echo must be seen\nexit 1\n' };
  return { files, args: Object.keys(files), ...names };
}

async function growTest(project: Project, nonce: string): Promise<Record<string, string> | undefined> {
  const [, own] = project.repository.toLowerCase().split('/');
  const frameworks = FRAMEWORKS.filter(({ repository }) => repository !== own);
  for (const path of project.tests) {
    const text = await project.readTest(path);
    if (text === undefined) continue;
    const seen = [text, ...(await readHeaders(project, { path, text }))].join('\n');
    const framework = frameworks.find(({ sign }) => sign.test(seen));
    if (framework !== undefined) return { [path]: `${text}\n${framework.toTests(nonce)}` };
  }
  return undefined;
}

/** Texts of the headers beside a test that it includes: one of them may bring the framework. */
async function readHeaders(
  project: Project,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<readonly string[]> {
  const names = [...text.matchAll(/#\s*include\s*"([\w./-]+)"/g)].map(([, name]) => name ?? '');
  const texts = await Promise.all(names.map((name) => project.readTest(join(folderOf(path), name))));
  return texts.filter((one) => one !== undefined);
}
