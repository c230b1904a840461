import { BoundaryError } from '../../domain/boundary.ts';
import { BuiltImage, type BuiltRef } from '../../domain/built-image.ts';
import { Candidate } from '../../domain/candidate.ts';
import { InstanceRef } from '../../domain/instance.ts';
import type { Stage } from '../../domain/stage.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import { toDependencyDate } from '../../testbed/dependency-date.ts';
import { openProject } from '../../testbed/open-project.ts';
import { contentHash } from '../../util/canonical-json.ts';
import { type ProofNeeds, proveInstance } from './prove-instance.ts';
import type { Subject } from './state-runs.ts';

export { validateReasons } from './reasons.ts';

/** Raise it whenever the same image may give another outcome. */
const version = '8';

export interface ValidateNeeds extends ProofNeeds {
  /** Reads what the build has written. */
  readonly built: Pick<Artifacts, 'readFile'>;
}

/** Holds an image against its own tests, before and after the gold patch, and against answers that must not pass. Kept are `items/<id>/{instance.json,runs.jsonl}`. */
export function createValidateStage(needs: ValidateNeeds): Stage<BuiltRef, InstanceRef> {
  return {
    name: 'validate',
    version: [version, ...needs.stacks.map((stack) => `${stack.name}${stack.version}`)].join('+'),
    key: ({ hash }) => contentHash({ hash, scope: needs.scope, repeats: needs.repeats, policy: needs.policy }),
    label: ({ id }) => id,
    output: InstanceRef,
    async work(ref, signal) {
      const startMs = needs.now();
      const subject: Subject = {
        build: BuiltImage.parse(await readJson(needs.built, ref.path)),
        candidate: Candidate.parse(await readJson(needs.built, ref.candidatePath)),
      };
      const { image, imageName } = subject.build;
      if (!(await needs.bed.runtime.image(image, signal))) {
        const advice = 'build it again, under another --run-id, and validate that';
        throw new BoundaryError('container', `validate ${ref.id}: this machine has no image ${imageName}: ${advice}`);
      }
      const { candidate, build } = subject;
      const date = build.dependencyDate ?? toDependencyDate(candidate.baseCommittedAt, startMs);
      const opened = await openProject({ candidate, date }, needs, signal);
      if (opened.kind === 'rejected') return opened;
      const stack = needs.stacks.find(({ name }) => name === subject.build.recipe.stack);
      if (stack === undefined) throw new Error(`no stack ${subject.build.recipe.stack}`);
      return proveInstance(subject, { needs, stack, project: opened.project, startMs }, signal);
    },
  };
}

async function readJson(artifacts: Pick<Artifacts, 'readFile'>, path: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await artifacts.readFile(path)));
}
