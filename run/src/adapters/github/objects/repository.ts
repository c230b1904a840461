import { z } from 'zod';
import type { HubRepository } from '../../../ports/hub.ts';
import { Count, Text } from './parts.ts';
import { toPlainObject } from './plain.ts';

const Repository = z.object({
  nameWithOwner: z.string().optional(),
  fullName: z.string().optional(),
  license: z.union([z.string(), z.object({ spdxId: z.string().nullish() })]).nullish(),
  licenseInfo: z.object({ spdxId: z.string().nullish() }).nullish(),
  language: z.string().nullish(),
  primaryLanguage: z.object({ name: z.string() }).nullish(),
  defaultBranch: z.string().nullish(),
  defaultBranchRef: z.object({ name: z.string() }).nullish(),
  stargazersCount: Count,
  stargazerCount: Count,
  size: Count,
  diskUsage: Count,
  fork: z.boolean().nullish(),
  isFork: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  isArchived: z.boolean().nullish(),
  cloneUrl: z.string().nullish(),
  url: Text,
});

/** Our repository from one of GitHub's, REST or GraphQL. Throws ZodError. */
export function toRepository(object: unknown): HubRepository {
  const repository = Repository.parse(toPlainObject(object));
  const name = repository.nameWithOwner ?? repository.fullName;
  if (name === undefined) throw new TypeError('a repository has a full_name (or nameWithOwner)');
  return {
    name,
    license: licenseOf(repository),
    language: (repository.primaryLanguage?.name ?? repository.language)?.toLowerCase() ?? null,
    defaultBranch: repository.defaultBranchRef?.name ?? repository.defaultBranch ?? null,
    stars: repository.stargazerCount ?? repository.stargazersCount ?? 0,
    sizeKb: repository.diskUsage ?? repository.size ?? 0,
    isFork: repository.isFork ?? repository.fork ?? false,
    isArchived: repository.isArchived ?? repository.archived ?? false,
    cloneUrl: repository.cloneUrl ?? `https://github.com/${name}.git`,
  };
}

/** GitHub says NOASSERTION for a licence that it cannot name. */
function licenseOf({ license, licenseInfo }: z.infer<typeof Repository>): string | null {
  const spdx = licenseInfo?.spdxId ?? (typeof license === 'string' ? license : license?.spdxId);
  return !spdx || spdx === 'NOASSERTION' ? null : spdx;
}
