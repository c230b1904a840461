import { pack as examTimetabling } from '../../environments/general/exam-timetabling/index.ts';
import { pack as jobShop } from '../../environments/general/job-shop/index.ts';
import { pack as travelPlanning } from '../../environments/general/travel-planning/index.ts';
import type { DomainPack } from '../stages/synthesize/pack.ts';

/** Every domain pack, by name. */
export const packs: ReadonlyMap<string, DomainPack> = new Map(
  [travelPlanning, examTimetabling, jobShop].map((pack) => [pack.name, pack]),
);
