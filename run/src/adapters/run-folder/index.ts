export { createFolderArtifacts } from './artifacts.ts';
export { makeFolder } from './make-folder.ts';
export { openRunFolder, type RunFolder } from './run-folder.ts';
