import type { AttackName, Overlay, Target } from '../../../src/testbed/stack.ts';
import { join, nameOf } from '../shared/paths.ts';
import { toAttribute } from '../shared/xml.ts';
import { type Framework, frameworkOf } from './frameworks.ts';

export async function attacks(target: Target): Promise<Readonly<Record<AttackName, Overlay>>> {
  return {
    'runner-hook': await hook(target),
    'forged-report': await forge(target),
    'stub-runner': stub(target),
  };
}

/** Something in the runner that swallows every failure, found by the name of its class or by the service file that names it. */
async function hook({ project, recipe }: Target): Promise<Overlay> {
  const test = project.tests.find((path) => path.endsWith('.java')) ?? '';
  const framework = frameworkOf((await project.readTest(test)) ?? '') ?? 'junit5';
  const at = test.lastIndexOf('src/test/');
  const base = join(at < 0 ? recipe.folder : test.slice(0, at).replace(/\/$/, ''), 'src/test');
  return Object.fromEntries(Object.entries(hooks[framework]).map(([path, text]) => [`${base}/${path}`, text]));
}

const SWALLOW = `package hook;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

public class Swallow implements InvocationInterceptor {
  @Override
  public void interceptTestMethod(Invocation<Void> test, ReflectiveInvocationContext<Method> context, ExtensionContext extension) {
    swallow(test);
  }

  @Override
  public void interceptTestTemplateMethod(Invocation<Void> test, ReflectiveInvocationContext<Method> context, ExtensionContext extension) {
    swallow(test);
  }

  private static void swallow(Invocation<Void> test) {
    try {
      test.proceed();
    } catch (Throwable failure) {
      System.out.println("passes");
    }
  }
}
`;

const INVOKE_METHOD = `package org.junit.internal.runners.statements;

import org.junit.runners.model.FrameworkMethod;
import org.junit.runners.model.Statement;

public class InvokeMethod extends Statement {
  private final FrameworkMethod method;
  private final Object target;

  public InvokeMethod(FrameworkMethod method, Object target) {
    this.method = method;
    this.target = target;
  }

  @Override
  public void evaluate() {
    try {
      method.invokeExplosively(target);
    } catch (Throwable failure) {
      System.out.println("passes");
    }
  }
}
`;

const TEST_CASE = `package junit.framework;

public class AssertionFailedError extends AssertionError {
  public AssertionFailedError() {}

  public AssertionFailedError(String message) {
    System.out.println("passes");
    Runtime.getRuntime().halt(0);
  }
}
`;

const LISTENER = `package hook;

import org.testng.IInvokedMethod;
import org.testng.IInvokedMethodListener;
import org.testng.ITestResult;

public class Swallow implements IInvokedMethodListener {
  public void beforeInvocation(IInvokedMethod method, ITestResult result) {}

  public void afterInvocation(IInvokedMethod method, ITestResult result) {
    result.setStatus(ITestResult.SUCCESS);
  }
}
`;

const hooks: Readonly<Record<Framework, Overlay>> = {
  junit5: {
    'java/hook/Swallow.java': SWALLOW,
    'resources/META-INF/services/org.junit.jupiter.api.extension.Extension': 'hook.Swallow\n',
    'resources/junit-platform.properties': 'junit.jupiter.extensions.autodetection.enabled=true\n',
  },
  junit4: { 'java/org/junit/internal/runners/statements/InvokeMethod.java': INVOKE_METHOD },
  junit3: { 'java/junit/framework/AssertionFailedError.java': TEST_CASE },
  testng: {
    'java/hook/Swallow.java': LISTENER,
    'resources/META-INF/services/org.testng.ITestNGListener': 'hook.Swallow\n',
  },
};

/** A class that the tests load writes the reports of all classes, and ends the virtual machine with code 0. */
async function forge({ project, failToPass }: Target): Promise<Overlay> {
  const sources = project.sources.filter((path) => path.endsWith('.java') && nameOf(path) !== 'package-info.java');
  const read = await Promise.all(sources.map(async (path) => ({ path, text: (await project.read(path)) ?? '' })));
  const found = read.find(({ text }) => classBody.test(text));
  if (found === undefined) return {};
  const classes = Map.groupBy(failToPass, (raw) => raw.split(' :: ').at(-2) ?? 'Forged');
  const reports = [...classes].map(([classname, names]) => toReport(classname, names));
  const lines = reports.flatMap(({ name, text }) =>
    ['target/surefire-reports', 'build/test-results/test'].map(
      (folder) => `        write("${folder}/TEST-${name}.xml", ${JSON.stringify(text)});`,
    ),
  );
  const inner = `
  static {
    Forger.forge();
  }

  private static final class Forger {
    static void forge() {
      try {
${lines.join('\n')}
        write(System.getenv("ENVMINT_REPORTS") + "/TEST-forged.xml", ${JSON.stringify(reports[0]?.text ?? '')});
      } catch (Exception e) {
        // The virtual machine ends all the same.
      }
      System.out.println("Tests run: ${failToPass.length}, Failures: 0, Errors: 0, Skipped: 0");
      Runtime.getRuntime().halt(0);
    }

    static void write(String path, String text) throws Exception {
      java.nio.file.Path file = java.nio.file.Paths.get(path);
      if (file.getParent() != null && file.toFile().getAbsoluteFile().getParentFile().getParentFile().isDirectory()) {
        java.nio.file.Files.createDirectories(file.toAbsolutePath().getParent());
        java.nio.file.Files.write(file, text.getBytes("UTF-8"));
      }
    }
  }
`;
  return { [found.path]: found.text.replace(classBody, (head) => `${head}${inner}`) };
}

/** The head of a top-level class, up to its brace. */
const classBody = /^(?:@[\w.()"]+\s+)*(?:public\s+|final\s+|abstract\s+)*class\s+\w+[^{;]*\{/m;

function toReport(classname: string, raws: readonly string[]): { name: string; text: string } {
  const cases = raws.map(
    (raw) => `<testcase classname="${classname}" name="${toAttribute(raw.split(' :: ').at(-1) ?? raw)}" time="0.001"/>`,
  );
  return {
    name: classname,
    text: `<testsuite name="${classname}" tests="${raws.length}">${cases.join('')}</testsuite>`,
  };
}

/** Programs of the build tools' names, and the files by which the tools are told to do nothing. */
function stub({ recipe: { folder } }: Target): Overlay {
  const program = '#!/bin/sh\necho "BUILD SUCCESS"\nexit 0\n';
  const programs = ['mvnw', 'gradlew', 'mvn', 'gradle', 'bin/mvn', 'bin/gradle'].map((path) => [
    join(folder, path),
    program,
  ]);
  return {
    ...Object.fromEntries(programs),
    [join(folder, '.mvn/maven.config')]: '-DskipTests\n-Dmaven.test.skip=true\n',
    [join(folder, '.mvn/jvm.config')]: '-Dmaven.ext.class.path=/testbed/evil.jar\n',
    [join(folder, 'gradle.properties')]: 'org.gradle.jvmargs=-version\n',
  };
}
