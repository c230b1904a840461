import { z } from 'zod';
import { parseJson } from '../shared/json.ts';

const Requirements = z.record(z.string(), z.string());

const ComposerJson = z.looseObject({
  name: z.string().optional(),
  require: Requirements.optional(),
  'require-dev': Requirements.optional(),
});

export interface Manifest {
  /** Constraint on PHP itself. */
  readonly php: string | undefined;
  /** All that is required, for development as well: "ext-dom", "psr/log". */
  readonly requirements: readonly string[];
}

/** Nothing is required where the text is no composer.json. */
export function parseComposer(text: string): Manifest {
  const parsed = ComposerJson.safeParse(parseJson(text));
  if (!parsed.success) return { php: undefined, requirements: [] };
  const { require = {}, 'require-dev': development = {} } = parsed.data;
  return {
    php: require.php ?? require['php-64bit'],
    requirements: [...new Set([...Object.keys(require), ...Object.keys(development)])].sort(),
  };
}
