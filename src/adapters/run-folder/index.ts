export { createFolderArtifacts } from './artifacts.ts';
export { openRunFolder, type RunFolder } from './run-folder.ts';
