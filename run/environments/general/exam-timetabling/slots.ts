import type { Attr, Side } from '../../../src/domain/constraint.ts';

/** The only part of an answer. */
export const PART = 'exams';

/** A column of the exam that an answer row is about. */
export const ofExam = (column: string): Attr => ({ table: 'exam', on: { code: 'exam' }, column });

export const side = (field: 'sitting' | 'duty', attr: Attr): Side => ({ part: PART, field, attr });
