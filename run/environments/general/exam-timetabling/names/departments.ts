/** Furniture of rooms, and what an exam needs of it. */
export type Equipment = 'writing desks' | 'computers' | 'drawing tables';

/** A department that a faculty may have: prefix of its exam codes, and titles of papers by the furniture they need. */
export interface DepartmentBank {
  readonly name: string;
  readonly prefix: string;
  readonly titles: Readonly<Record<Equipment, readonly string[]>>;
}

export const departments: readonly DepartmentBank[] = [
  {
    name: 'Department of Mathematics',
    prefix: 'MAT',
    titles: {
      'writing desks': [
        'Real Analysis',
        'Linear Algebra',
        'Number Theory',
        'Group Theory',
        'Measure and Integration',
        'Complex Functions',
        'Graph Theory',
        'Stochastic Processes',
      ],
      computers: ['Numerical Methods', 'Computational Statistics', 'Optimisation in Practice'],
      'drawing tables': ['Descriptive Geometry', 'Geometric Constructions'],
    },
  },
  {
    name: 'Department of Economics',
    prefix: 'ECO',
    titles: {
      'writing desks': [
        'Microeconomic Principles',
        'Macroeconomic Policy',
        'Game Theory',
        'Public Finance',
        'Labour Markets',
        'Money and Banking',
        'Industrial Organisation',
        'Trade and Development',
      ],
      computers: ['Applied Econometrics', 'Financial Modelling', 'Forecasting with Time Series'],
      'drawing tables': ['Diagrammatic Reasoning', 'Charts and Visual Evidence'],
    },
  },
  {
    name: 'Department of Engineering',
    prefix: 'ENG',
    titles: {
      'writing desks': [
        'Fluid Mechanics',
        'Thermodynamic Cycles',
        'Strength of Materials',
        'Control Systems',
        'Electric Circuits',
        'Vibration and Noise',
        'Heat Transfer',
        'Soil Mechanics',
      ],
      computers: ['Finite Element Analysis', 'Embedded Programming', 'Signal Processing'],
      'drawing tables': ['Technical Drawing', 'Structural Detailing'],
    },
  },
  {
    name: 'Department of Life Sciences',
    prefix: 'BIO',
    titles: {
      'writing desks': [
        'Cell Biology',
        'Plant Physiology',
        'Human Genetics',
        'Population Ecology',
        'Immunology and Disease',
        'Animal Behaviour',
        'Evolutionary Theory',
        'Marine Organisms',
      ],
      computers: ['Sequence Analysis', 'Biostatistical Inference', 'Ecological Modelling'],
      'drawing tables': ['Botanical Illustration', 'Anatomical Sketching'],
    },
  },
  {
    name: 'Department of Geography',
    prefix: 'GEO',
    titles: {
      'writing desks': [
        'Physical Landscapes',
        'Urban Growth',
        'Climate and Society',
        'River Basins',
        'Political Borders',
        'Coastal Change',
        'Rural Livelihoods',
        'Migration Studies',
      ],
      computers: ['Remote Sensing', 'Spatial Databases', 'Terrain Modelling'],
      'drawing tables': ['Map Design', 'Field Sketching'],
    },
  },
  {
    name: 'Department of Architecture',
    prefix: 'ARC',
    titles: {
      'writing desks': [
        'History of Building',
        'Housing Theory',
        'Construction Contracts',
        'Environmental Comfort',
        'Conservation Principles',
        'Timber and Masonry',
        'Planning Law',
        'Ethics of Practice',
      ],
      computers: ['Parametric Design', 'Daylight Simulation', 'Building Information Models'],
      'drawing tables': ['Orthographic Projection', 'Perspective and Shadow', 'Section and Elevation'],
    },
  },
  {
    name: 'Department of Psychology',
    prefix: 'PSY',
    titles: {
      'writing desks': [
        'Cognitive Development',
        'Memory and Attention',
        'Social Influence',
        'Clinical Assessment',
        'Perception and Action',
        'Personality Theories',
        'Language Acquisition',
        'Motivation and Emotion',
      ],
      computers: ['Experimental Design', 'Psychometric Scaling', 'Reaction Time Analysis'],
      'drawing tables': ['Visual Communication', 'Diagramming Interviews'],
    },
  },
  {
    name: 'Department of Computing',
    prefix: 'CMP',
    titles: {
      'writing desks': [
        'Discrete Structures',
        'Automata and Grammars',
        'Operating Systems',
        'Network Protocols',
        'Cryptographic Methods',
        'Complexity Theory',
        'Compiler Construction',
        'Type Systems',
      ],
      computers: [
        'Data Structures Laboratory',
        'Database Programming',
        'Machine Learning Practice',
        'Software Testing',
      ],
      'drawing tables': ['Interface Sketching', 'Circuit Layout'],
    },
  },
];
