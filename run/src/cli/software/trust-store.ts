import { createHash, X509Certificate } from 'node:crypto';
import { UsageError } from '../../util/errors.ts';

/** No secret: a trust store holds public certificates, and Java asks for a password all the same. */
export const TRUST_STORE_PASSWORD = 'changeit';

/** The certificates of a PEM file, DER-encoded. Throws UsageError for a file without any, or with one that cannot be read. */
export function parseBundle(pem: string, path: string): readonly Buffer[] {
  const blocks =
    pem.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new UsageError(`--ca-bundle ${path}: it holds no certificate in PEM format`);
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block).raw;
    } catch (cause) {
      throw new UsageError(`--ca-bundle ${path}: its certificate ${index + 1} cannot be read`, { cause });
    }
  });
}

/** A Java key store (JKS, version 2) of trusted certificates, the same bytes for the same certificates. */
export function toTrustStore(certificates: readonly Buffer[]): Buffer {
  const entries = certificates.map((der, index) =>
    // Tag 2 is a trusted certificate; then its alias, when it was made, its kind, itself.
    Buffer.concat([int32(2), utf(`ca-${index}`), Buffer.alloc(8), utf('X.509'), int32(der.length), der]),
  );
  const content = Buffer.concat([int32(0xfeedfeed), int32(2), int32(certificates.length), ...entries]);
  const password = Buffer.from(TRUST_STORE_PASSWORD, 'utf16le').swap16();
  // The words are part of the format: without them the sum would be one of password and content alone.
  const sum = createHash('sha1').update(password).update('Mighty Aphrodite').update(content).digest();
  return Buffer.concat([content, sum]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function utf(text: string): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(text.length);
  return Buffer.concat([bytes, Buffer.from(text, 'latin1')]);
}
