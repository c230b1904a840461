/** Institutions and faculties of the narrative; they are no rows of the world. */
export const institutions: readonly string[] = [
  'Harrowmere University',
  'the University of Eastmarch',
  'Calder Bay University',
  'St Brannock College',
  'the Polytechnic of Norvale',
  'Wexmoor University',
  'the University of Aldersea',
  'Thornleigh College',
];
export const faculties: readonly string[] = [
  'Faculty of Applied Studies',
  'Faculty of Sciences and Society',
  'Joint Honours Faculty',
  'Faculty of Letters and Sciences',
  'Undergraduate Faculty',
  'Faculty of Combined Degrees',
];
