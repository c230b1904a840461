import { quote } from '../shared/shell.ts';

/** What uv says stands in its way, as sed finds the package's name in it. */
const ONLY_PRE_RELEASES = 's/.*Pre-releases are available for `([A-Za-z0-9._-]+)`.*/\\1/p';
const IN_THE_WAY = [
  's/.*Failed to (download and )?build `([A-Za-z0-9._-]+)==.*/\\2/p',
  's/.*Because ([A-Za-z0-9._-]+)==[^ ]+ has no wheels with a matching .*/\\1/p',
  's/.*Because ([A-Za-z0-9._-]+) was not found in the package registry.*/\\1/p',
].join(';');
/** Automation asks for extras that the manifest has not, or has no more. */
const NO_EXTRA = 's/.*Requested extras? not found: ([A-Za-z0-9._-]+(, [A-Za-z0-9._-]+)*).*/\\1/p';
/** Another try may do without it. */
const TROUBLE = 'error sending request|dns error|connection|timed out|no space left';
const LOG = '/tmp/envmint-uv.log';

export interface InsistNeeds {
  /** A file of them, one a line. */
  readonly requirements: string;
  /** Asked for behind the installer's command. */
  readonly extras?: readonly string[];
  readonly overrides?: string | undefined;
}

/**
 * A script that runs the installer again where a single package stands in its way. Of some there were only pre-releases by then (black, before 2022): they
 * are taken once a requirement asks for one. What builds nowhere, or is gone from the registry, is left out where only the list of `requirements` asks for
 * it: tests that need it fail before and after. Ends with 1 where the installer says nothing new. With `overrides`, a file that the installer has as such, what
 * the manifest itself asks for is left out as well.
 */
export function insist(install: string, { requirements, overrides, extras = [] }: InsistNeeds): string {
  const override =
    overrides === undefined
      ? 'exit 1'
      : `if grep -qxF "$name ; sys_platform == 'none'" ${overrides}; then exit 1; fi
    echo "$name ; sys_platform == 'none'" >> ${overrides}
    echo "left out of the manifest: $name" >&2
    continue`;
  return `extras=(${extras.map((extra) => quote(`--extra=${extra}`)).join(' ')})
while ! ${install} "\${extras[@]}" 2> ${LOG}; do
  cat ${LOG} >&2
  text=$(tr -s '\\n ' ' ' < ${LOG})
  missing=$(sed -nE '${NO_EXTRA}' <<< "$text")
  if [ -n "$missing" ]; then
    left=()
    for extra in "\${extras[@]}"; do
      case " $missing," in *" \${extra#--extra=},"*) echo "left out: $extra" >&2 ;; *) left+=("$extra") ;; esac
    done
    if [ "\${#left[@]}" = "\${#extras[@]}" ]; then exit 1; fi
    extras=("\${left[@]}")
    continue
  fi
  early=$(sed -nE '${ONLY_PRE_RELEASES}' <<< "$text")
  if [ -n "$early" ] && ! grep -qxF "$early>=0.dev0" ${requirements}; then
    echo "$early>=0.dev0" >> ${requirements}
    continue
  fi
  if grep -qiE '${TROUBLE}' <<< "$text"; then exit 1; fi
  name=$(sed -nE '${IN_THE_WAY}' <<< "$text" | head -n 1)
  if [ -z "$name" ]; then exit 1; fi
  line="^$(sed 's/[-_.]/[-_.]/g' <<< "$name")([^A-Za-z0-9._-]|$)"
  if ! grep -qiE "$line" ${requirements}; then
    ${override}
  fi
  echo "left out: $name" >&2
  sed -i -E "/$line/Id" ${requirements}
done
cat ${LOG} >&2
rm ${LOG}`;
}
