import type { Step } from '../../../src/domain/recipe.ts';
import { writeFile } from '../shared/shell.ts';

const JAR = '/opt/envmint/java/plain-compiler.jar';

/** For Maven's command line. */
export const PLAIN_COMPILER = `-Dmaven.ext.class.path=${JAR}`;

/** Error Prone as a compiler of its own brings the javac of JDK 9, which reads the classes of no later JDK. It is a linter: whether a test passes is not for it to say. */
export function asksForOtherCompiler(poms: readonly string[]): boolean {
  return poms.some((pom) => /<compilerId>\s*javac-with-errorprone\s*</.test(pom));
}

const JAVA = `package envmint;

import org.apache.maven.AbstractMavenLifecycleParticipant;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

public class PlainCompiler extends AbstractMavenLifecycleParticipant {
  @Override
  public void afterProjectsRead(MavenSession session) {
    for (MavenProject project : session.getProjects()) {
      for (Plugin plugin : project.getBuildPlugins()) {
        if (!"maven-compiler-plugin".equals(plugin.getArtifactId())) continue;
        // Its javac comes with them, and would be found before that of the JDK.
        plugin.getDependencies().removeIf(one -> (one.getGroupId() + one.getArtifactId()).contains("errorprone"));
        setPlain(plugin.getConfiguration());
        for (PluginExecution execution : plugin.getExecutions()) setPlain(execution.getConfiguration());
      }
    }
  }

  private static void setPlain(Object configuration) {
    if (!(configuration instanceof Xpp3Dom)) return;
    Xpp3Dom compiler = ((Xpp3Dom) configuration).getChild("compilerId");
    if (compiler != null) compiler.setValue("javac");
  }
}
`;

const COMPONENTS = `<component-set>
  <components>
    <component>
      <role>org.apache.maven.AbstractMavenLifecycleParticipant</role>
      <role-hint>envmint-plain-compiler</role-hint>
      <implementation>envmint.PlainCompiler</implementation>
    </component>
  </components>
</component-set>
`;

/** Makes the extension of Maven that puts javac in that compiler's place, whatever the poms say. */
export const plainCompiler: Step = {
  name: 'plain-compiler',
  run: `work=$(mktemp -d)
mkdir -p "$work/META-INF/plexus" "$work/envmint" "$(dirname ${JAR})"
cd "$work"
${writeFile('envmint/PlainCompiler.java', JAVA)}
${writeFile('META-INF/plexus/components.xml', COMPONENTS)}
lib=$(dirname "$(dirname "$(readlink -f "$(command -v mvn)")")")/lib
/opt/envmint/jdk/bin/javac -proc:none -cp "$lib/*" envmint/PlainCompiler.java
/opt/envmint/jdk/bin/jar cf ${JAR} META-INF/plexus/components.xml envmint/PlainCompiler.class
cd /
rm -rf "$work"`,
};
