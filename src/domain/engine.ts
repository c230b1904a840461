/** Changes whenever the same seed may give other bytes of a world or a task. */
export const ENGINE = 'envmint/6';
