import { UsageError } from '../../../util/errors.ts';

/** Where a GitHub answers: github.com, a *.ghe.com tenant, or an Enterprise server. */
export interface GithubAddresses {
  /** "https://github.com". */
  readonly site: string;
  readonly rest: string;
  readonly graphql: string;
}

/** Throws UsageError for what is no http address. */
export function toAddresses(site: string): GithubAddresses {
  if (!URL.canParse(site) || !/^https?:$/.test(new URL(site).protocol)) {
    throw new UsageError(
      `${JSON.stringify(site)} is no address of a GitHub; give one such as https://github.example.com`,
    );
  }
  const { origin, protocol, host } = new URL(site);
  const ownHost = host === 'github.com' || host.endsWith('.ghe.com');
  if (ownHost) return { site: origin, rest: `${protocol}//api.${host}`, graphql: `${protocol}//api.${host}/graphql` };
  return { site: origin, rest: `${origin}/api/v3`, graphql: `${origin}/api/graphql` };
}
