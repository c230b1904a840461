import type { Invariant } from '../../../src/stages/synthesize/pack.ts';

const NAMED = ['city', 'service', 'hotel', 'restaurant', 'attraction'] as const;
const NAMES = NAMED.map((table) => `SELECT name FROM ${table}`).join(' UNION ALL ');
const VENUES = ['hotel', 'restaurant', 'attraction'] as const;
const PLACED = VENUES.map((table) => `SELECT name, city, district FROM ${table}`).join(' UNION ALL ');
const CLOSING = 'SELECT name, closed_on FROM restaurant UNION ALL SELECT name, closed_on FROM attraction';

export const invariants: readonly Invariant[] = [
  {
    says: 'a name stands for one thing in the whole world',
    sql: `SELECT name FROM (${NAMES}) GROUP BY name HAVING COUNT(*) > 1`,
  },
  {
    says: 'names are between 2 and 60 characters long',
    sql: `SELECT name FROM (${NAMES}) WHERE length(name) NOT BETWEEN 2 AND 60 OR name <> trim(name)`,
  },
  {
    says: 'every venue and every service is in cities of the world',
    sql: `SELECT name FROM (SELECT name, city FROM (${PLACED}) UNION ALL SELECT name, origin FROM service UNION ALL SELECT name, destination FROM service) WHERE city NOT IN (SELECT name FROM city)`,
  },
  {
    says: 'every city has 5 to 9 hotels, 8 to 12 restaurants and 6 to 9 attractions',
    sql: 'SELECT c.name FROM city c WHERE (SELECT COUNT(*) FROM hotel h WHERE h.city = c.name) NOT BETWEEN 5 AND 9 OR (SELECT COUNT(*) FROM restaurant r WHERE r.city = c.name) NOT BETWEEN 8 AND 12 OR (SELECT COUNT(*) FROM attraction a WHERE a.city = c.name) NOT BETWEEN 6 AND 9',
  },
  {
    says: 'every city has at least two places for lunch and two for dinner that never close',
    sql: "SELECT c.name FROM city c WHERE (SELECT COUNT(*) FROM restaurant r WHERE r.city = c.name AND r.lunch_until > 0 AND r.closed_on = 'none') < 2 OR (SELECT COUNT(*) FROM restaurant r WHERE r.city = c.name AND r.dinner_until > 0 AND r.closed_on = 'none') < 2",
  },
  {
    says: 'connections and services say the same: no connection without a service, no service without a connection',
    sql: 'SELECT origin, destination FROM connection EXCEPT SELECT origin, destination FROM service UNION ALL SELECT * FROM (SELECT origin, destination FROM service EXCEPT SELECT origin, destination FROM connection)',
  },
  {
    says: 'distances are the same in both directions',
    sql: 'SELECT c.origin, c.destination FROM connection c LEFT JOIN connection d ON d.origin = c.destination AND d.destination = c.origin WHERE d.km IS NULL OR d.km <> c.km',
  },
  {
    says: 'no distance is shorter than the difference in latitude (one degree is 111.19 km) or longer than 2,000 km',
    sql: 'SELECT c.origin FROM connection c JOIN city a ON a.name = c.origin JOIN city b ON b.name = c.destination WHERE c.km + 1 < ABS(a.latitude - b.latitude) * 11119 / 1000000 OR c.km > 2000',
  },
  {
    says: 'no detour over a third city is shorter than the direct distance',
    sql: 'SELECT x.origin, x.destination FROM connection x JOIN connection y ON y.origin = x.origin JOIN connection z ON z.origin = y.destination AND z.destination = x.destination WHERE y.km + z.km + 2 < x.km',
  },
  {
    says: 'every city has at least four neighbours',
    sql: 'SELECT c.name FROM city c WHERE (SELECT COUNT(*) FROM connection x WHERE x.origin = c.name) < 4',
  },
  {
    says: 'a service leaves its city and arrives on the same day after its travel time',
    sql: 'SELECT name FROM service WHERE origin = destination OR arrives <> departs + minutes OR minutes <= 0 OR departs < 240 OR arrives > 1410',
  },
  {
    says: 'coaches run below 350 km, trains below 900 km, flights above 300 km and between cities with airports',
    sql: "SELECT s.name FROM service s JOIN connection c ON c.origin = s.origin AND c.destination = s.destination JOIN city a ON a.name = s.origin JOIN city b ON b.name = s.destination WHERE (s.mode = 'coach' AND c.km >= 350) OR (s.mode = 'train' AND c.km >= 900) OR (s.mode = 'flight' AND (c.km <= 300 OR a.airport = 'none' OR b.airport = 'none' OR a.airport = b.airport)) OR s.mode NOT IN ('coach', 'train', 'flight')",
  },
  {
    says: 'no service is faster than 800 km an hour, no train faster than 200, no coach faster than 80, and none slower than 45 plus an hour',
    sql: "SELECT s.name FROM service s JOIN connection c ON c.origin = s.origin AND c.destination = s.destination WHERE c.km * 60 > s.minutes * CASE s.mode WHEN 'flight' THEN 800 WHEN 'train' THEN 200 ELSE 80 END OR (s.minutes - 60) * 45 > c.km * 60",
  },
  {
    says: 'there is one forecast for each city and date, and the sky fits the rain',
    sql: "SELECT c.name, d.date FROM city c CROSS JOIN calendar d LEFT JOIN weather w ON w.city = c.name AND w.date = d.date WHERE w.sky IS NULL OR w.rain_mm < 0 OR (w.rain_mm = 0) <> (w.sky IN ('sunny', 'cloudy'))",
  },
  {
    says: 'dates are consecutive and weekdays follow them',
    sql: "SELECT a.date FROM calendar a WHERE CASE strftime('%w', a.date) WHEN '0' THEN 'Sunday' WHEN '1' THEN 'Monday' WHEN '2' THEN 'Tuesday' WHEN '3' THEN 'Wednesday' WHEN '4' THEN 'Thursday' WHEN '5' THEN 'Friday' ELSE 'Saturday' END <> a.weekday OR (a.date < (SELECT MAX(date) FROM calendar) AND NOT EXISTS (SELECT 1 FROM calendar b WHERE b.date = date(a.date, '+1 day')))",
  },
  {
    says: 'an attraction opens before its last entry, which is the closing time less the visit',
    sql: 'SELECT name FROM attraction WHERE last_entry <> closes - visit_minutes OR opens >= last_entry OR visit_minutes < 30 OR closes > 1200',
  },
  {
    says: 'a restaurant serves lunch until the afternoon, dinner until the night, or both',
    sql: 'SELECT name FROM restaurant WHERE (lunch_until = 0 AND dinner_until = 0) OR (lunch_until <> 0 AND lunch_until NOT BETWEEN 780 AND 945) OR (dinner_until <> 0 AND dinner_until NOT BETWEEN 1200 AND 1410)',
  },
  {
    says: 'closing days are weekdays or none',
    sql: `SELECT name FROM (${CLOSING}) WHERE closed_on NOT IN ('none', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday')`,
  },
  {
    says: 'prices, ratings and classes are in their ranges',
    sql: "SELECT name FROM hotel WHERE price_cents NOT BETWEEN 2000 AND 60000 OR rating_tenths NOT BETWEEN 10 AND 50 OR stars NOT BETWEEN 2 AND 5 OR breakfast NOT IN ('included', 'extra') UNION ALL SELECT name FROM restaurant WHERE price_cents NOT BETWEEN 300 AND 15000 OR rating_tenths NOT BETWEEN 10 AND 50 UNION ALL SELECT name FROM attraction WHERE ticket_cents NOT BETWEEN 0 AND 15000 OR rating_tenths NOT BETWEEN 10 AND 50 UNION ALL SELECT name FROM service WHERE price_cents NOT BETWEEN 300 AND 40000 OR carbon_kg < 1",
  },
  {
    says: 'in no city is the cheapest hotel or restaurant also strictly the best rated',
    sql: 'SELECT h.name FROM hotel h WHERE NOT EXISTS (SELECT 1 FROM hotel o WHERE o.city = h.city AND o.name <> h.name AND (o.price_cents < h.price_cents OR o.rating_tenths >= h.rating_tenths)) UNION ALL SELECT r.name FROM restaurant r WHERE NOT EXISTS (SELECT 1 FROM restaurant o WHERE o.city = r.city AND o.name <> r.name AND (o.price_cents < r.price_cents OR o.rating_tenths >= r.rating_tenths))',
  },
];
