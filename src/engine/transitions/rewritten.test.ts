import { describe, expect, it } from 'vitest';
import { createRewritten } from './rewritten.ts';

/** Lines that begin with "+" are added by the test patch. */
function check(path: string, marked: string, ids: readonly string[]): string[] {
  const lines = marked.split('\n');
  const added = new Set(lines.flatMap((line, at) => (line.startsWith('+') ? [at + 1] : [])));
  const text = lines.map((line) => line.slice(1)).join('\n');
  return ids.filter(createRewritten([{ path, text, added }]));
}

const java = ` class ATest {
     @Test
     public void testOld()
         throws IOException {
+        assertTrue(call("a", 1));

         later();
     }

     public void testKept() {
         testNothing();
     }

     @Test public void is() {
         call();
     }

+    /**
+     * New.
+     */
+    @Test
+    public void testNew() {
+        list.testKept();
+        testKept();
+        call("<a>is</a>", is("is"));
+    }
 }`;

const python = ` from a import b
 
 async def old(loop):
     await b()
+    assert c()
 
 @mark.parametrize('a', [
     1,
 ])
 def long(
     a,
 ):
     b(a)
+    c(a)
 
 class B:
     def kept(self):
         pass
+    def new(self):
+        self.kept()
 
 def kept(): pass
`;

const cpp = ` #include "ring.h"
 TEST(Ring, Old)
 {
+  EXPECT_EQ(push(1, 2), 3);
 }
 TEST(Ring, Kept) {
   EXPECT_EQ(1, 1);
 }
+TEST(Ring, New) {
+  EXPECT_EQ(1, 1);
+}`;

const go = ` func TestOld(t *testing.T) {
 	t.Run("sub", func(t *testing.T) {
+		New()
 	})
 }

 func TestKept(t *testing.T) {
 }`;

describe('createRewritten', () => {
  it.each([
    {
      path: 'src/ATest.java',
      text: java,
      ids: ['testOld', 'testKept', 'testOld[1]', 'is'].map((name) => `x.ATest :: ${name}`),
      found: ['x.ATest :: testOld', 'x.ATest :: testOld[1]'],
    },
    { path: 'src/ATest.java', text: java, ids: ['x.BTest :: testOld'], found: [] },
    { path: 'test/unit.cc', text: cpp, ids: ['all :: Ring.Old', 'all :: Ring.Kept'], found: ['all :: Ring.Old'] },
    {
      path: 'test/unit.cpp',
      text: ' TEST_CASE("adds a lot", "[x]") {\n+  f();\n }\n TEST_CASE("adds") {\n   f("adds a lot");\n }',
      ids: ['all :: adds a lot', 'all :: adds'],
      found: ['all :: adds a lot'],
    },
    {
      path: 'test/check.c',
      text: ' START_TEST(test_a)\n {\n+  f();\n }\n END_TEST\n void test_b(void) {\n }\n int main() {\n   RUN(test_b);\n+  RUN(test_c);\n }',
      ids: ['check :: test_a', 'check :: test_b'],
      found: ['check :: test_a'],
    },
    {
      path: 'ring/ring_test.go',
      text: go,
      ids: ['m/ring :: TestOld', 'm/ring :: TestOld/sub', 'm/ring :: TestKept', 'm/other :: TestOld'],
      found: ['m/ring :: TestOld', 'm/ring :: TestOld/sub'],
    },
    { path: 'ring_test.go', text: go, ids: ['m :: TestOld', 'm :: TestKept'], found: ['m :: TestOld'] },
    {
      path: 'test/a.c',
      text: ' int main() {\n+  f();\n }',
      ids: ['a', 'a (comes back from main)', 'b'],
      found: ['a', 'a (comes back from main)'],
    },
    { path: 'test/a.c', text: ' int main() {\n }', ids: ['a'], found: [] },
    {
      path: 'tests/test_a.py',
      text: python,
      ids: ['a :: old', 'a :: long[1]', 'a :: kept', 'a.B :: new', 'a.B :: kept'].map((id) => `tests.test_${id}`),
      found: ['a :: old', 'a :: long[1]', 'a.B :: new'].map((id) => `tests.test_${id}`),
    },
    {
      path: 'a.test.ts',
      text: " it('adds (one)', () => {\n+  add();\n });\n it('adds', () => {});",
      ids: ['a.test.ts :: ring > adds (one)'],
      found: ['a.test.ts :: ring > adds (one)'],
    },
  ])('finds the tests in $path that have lines of the test patch in them: $found', ({ path, text, ids, found }) => {
    expect(check(path, text, ids)).toEqual(found);
  });

  it('finds none where no file was read', () => {
    expect(['x.ATest :: testOld'].filter(createRewritten([]))).toEqual([]);
  });
});
