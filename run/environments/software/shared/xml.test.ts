import { expect, it } from 'vitest';
import { toAttribute } from './xml.ts';

it('writes what would end an attribute, or begin a tag, as an entity', () => {
  expect(toAttribute('a<b> && "c" &lt;')).toBe('a&lt;b> &amp;&amp; &quot;c&quot; &amp;lt;');
});
