/** Encodings that runners declare; anything else is read as UTF-8. */
const encodings: ReadonlySet<string> = new Set([
  'utf-8',
  'us-ascii',
  'iso-8859-1',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'shift_jis',
  'gbk',
  'euc-kr',
]);

/** Text of an XML file by its byte order mark or its declaration. Bytes that are no text become U+FFFD. */
export function decodeXml(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const declared = /^<\?xml[^>]*?encoding=["']([\w.-]+)["']/.exec(head)?.[1]?.toLowerCase();
  return declared !== undefined && encodings.has(declared) ? declared : 'utf-8';
}
