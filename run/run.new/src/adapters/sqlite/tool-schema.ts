import { SUBMIT, type Tool } from '../../domain/tool.ts';

/** A function that a model may call, in the form that OpenAI-compatible endpoints take. */
export interface ToolSchema {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  };
}

export function toolSchema({ name, description, parameters }: Tool): ToolSchema {
  const properties = Object.entries(parameters).map(([parameter, { type, description }]) => {
    return [parameter, { type, description }] as const;
  });
  return functionSchema(name, description, Object.fromEntries(properties));
}

/** The schema of the tool that ends an episode, for answers that fit `answer`. */
export function submitSchema(answer: Readonly<Record<string, unknown>>): ToolSchema {
  const { $schema, ...rest } = answer;
  return functionSchema(SUBMIT, 'Submits the final answer and ends the task. It can be called once.', { answer: rest });
}

function functionSchema(name: string, description: string, properties: Record<string, unknown>): ToolSchema {
  const required = Object.keys(properties);
  const parameters = { type: 'object', properties, required, additionalProperties: false };
  return { type: 'function', function: { name, description, parameters } };
}
