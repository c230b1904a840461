/** A point in ten-thousandths of a degree. */
export interface Point {
  readonly lat: number;
  readonly lng: number;
}

/** Mean radius of the earth (IUGG). */
const EARTH_KM = 6371.0088;
const radians = (degrees: number): number => (degrees / 10_000) * (Math.PI / 180);

/** Great-circle distance in whole kilometres, by the haversine formula. */
export function greatCircleKm(a: Point, b: Point): number {
  const dLat = radians(b.lat - a.lat);
  const dLng = radians(b.lng - a.lng);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLng / 2) ** 2;
  return Math.round(2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h))));
}
