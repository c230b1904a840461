const patterns = [
  /temporary failure in name resolution|could not resolve host|name or service not known|EAI_AGAIN|getaddrinfo/i,
  /connection (?:timed out|reset by peer|refused)|ETIMEDOUT|ECONNRESET|ECONNREFUSED|network is unreachable|(?:read|operation) timed out|error sending request/i,
  /\b(?:429 too many requests|50[234] (?:bad gateway|service unavailable|gateway time-?out))/i,
  // The mirror's list of packages and what it holds are not of one moment.
  /unable to fetch some archives|hash sum mismatch/i,
  /no space left on device|disk quota exceeded/i,
  /certificate verify failed|self[- ]signed certificate|unable to get local issuer certificate|PKIX path building failed|CERT_|unknown authority/i,
];

/** A dependency's own script was in need of the network: it asks another host than the registry, and a recipe without such scripts may do. */
const ofDependency = /npm (?:ERR!|error) (?:code ELIFECYCLE|command failed)/;

/** Whether the end of a step's output speaks of the network or the disk: the same step may succeed another time. */
export function isTrouble(tail: string): boolean {
  return !ofDependency.test(tail) && patterns.some((pattern) => pattern.test(tail));
}
