export { createPythonVerifier } from './python-verifier.ts';
