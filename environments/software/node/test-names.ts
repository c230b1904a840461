import { nameOf } from '../shared/paths.ts';

const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;
const TEST_NAME = /(?:^|[._-])(?:tests?|specs?)\.\w+$|^tests?[-_.]|.[a-z0-9](?:Test|Spec)\.\w+$/;
const TEST_FOLDER = /(?:^|\/)(?:tests?|__tests__|specs?)\//;
const SUPPORT =
  /(?:^|\/)(?:fixtures?|__fixtures__|__mocks__|__snapshots__|helpers?|utils?|support|data|assets|node_modules|dist|build)\//;
/** Tests of types, in browsers and for Deno have no runner of Node that makes JUnit; snapshots of tap are modules, and no tests. */
const OTHERS = /\.(?:test-d|d)\.[cm]?ts$|(?:^|\/)(?:cypress|e2e|playwright|deno[\w-]*|tap-snapshots)\//;

/** A file of JavaScript or TypeScript that a runner of Node may be given. */
export function isRunnable(path: string): boolean {
  return CODE.test(path) && !OTHERS.test(path);
}

/** By its name alone, wherever it stands. */
export function isNamedTest(path: string): boolean {
  return TEST_NAME.test(nameOf(path));
}

/** By its name, or by the folder of tests that it stands in. */
export function isTest(path: string): boolean {
  return isRunnable(path) && !SUPPORT.test(path) && (isNamedTest(path) || TEST_FOLDER.test(path));
}
