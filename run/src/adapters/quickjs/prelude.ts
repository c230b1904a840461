/**
 * The first script of every run. It takes away what is not the same in every run (time, randomness, garbage collection)
 * and gives the functions that the host keeps: nothing that a solution changes later changes what they do.
 */
export const prelude = `((send) => {
  'use strict';
  const { parse, stringify } = JSON;
  const { freeze } = Object;
  const slice = Function.prototype.call.bind(String.prototype.slice);
  for (const name of ['Date', 'performance', 'WeakRef', 'FinalizationRegistry', 'gc', 'navigator', 'queueMicrotask', 'print', 'console']) {
    delete globalThis[name];
  }
  Math.random = () => { throw new Error('there is no randomness in here'); };

  function callTool(name, args) {
    const text = args === undefined ? '{}' : stringify(args);
    if (text === undefined) throw new Error(name + ': the arguments must be one object');
    const reply = parse(send(name, text, text.length));
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.value;
  }

  function submit(answer) {
    const text = stringify(answer);
    if (text === undefined) throw new Error('submit_result: the answer is no JSON value');
    const reply = parse(send('submit_result', text, text.length));
    if (reply.error !== undefined) throw new Error(reply.error);
  }

  function makeTools(names) {
    const tools = { __proto__: null };
    for (const name of parse(names)) tools[name] = name === 'submit_result' ? (answer) => submit(answer) : (args) => callTool(name, args);
    return freeze(tools);
  }

  return {
    start(module, names) {
      const { solve } = module;
      if (typeof solve !== 'function') throw new Error('the solution exports no function solve');
      return solve(makeTools(names));
    },
    describe(error) {
      try {
        const isObject = typeof error === 'object' && error !== null;
        return slice(isObject ? error.name + ': ' + error.message : 'threw ' + String(error), 0, 1000);
      } catch {
        return 'an error that cannot be read';
      }
    },
  };
})`;
