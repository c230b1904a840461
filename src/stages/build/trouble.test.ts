import { describe, expect, it } from 'vitest';
import { isTrouble } from './trouble.ts';

describe('isTrouble', () => {
  it.each([
    "E: Failed to fetch http://deb.example/x.deb  Temporary failure resolving 'deb.example'\nTemporary failure in name resolution",
    'npm error code ETIMEDOUT',
    'ReadTimeoutError: HTTPSConnectionPool: Read timed out. (read timeout=15)',
    'dial tcp: lookup proxy.example: getaddrinfo EAI_AGAIN',
    'received 503 Service Unavailable from the registry',
    'tar: write error: No space left on device',
    'E: Failed to fetch http://deb.example/x.deb  404  Not Found\nE: Unable to fetch some archives, maybe run apt-get update',
    'SSL: CERTIFICATE_VERIFY_FAILED certificate verify failed: self-signed certificate in chain',
    'PKIX path building failed',
    'error: Failed to fetch: `https://example.org/simple/black/`\n  Caused by: error sending request for url\n  Caused by: operation timed out',
  ])('of %j', (tail) => expect(isTrouble(tail)).toBe(true));

  it.each([
    'ERROR: No matching distribution found for widgets==9',
    'npm error command sh -c node ./install.js\nnpm error command failed\nnpm error getaddrinfo ENOTFOUND downloads.example',
    'npm error 404 Not Found - GET https://registry.example/widgets',
    "ModuleNotFoundError: No module named 'widgets'",
    'error: expected ; before } token',
    'make: *** [Makefile:3: all] Error 2',
    '',
  ])('not of %j', (tail) => expect(isTrouble(tail)).toBe(false));
});
