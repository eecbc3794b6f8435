const PLAIN = /^[a-z_][a-z0-9_$]*$/;
const RESERVED = new Set(
  ('all analyse analyze and any array as asc authorization between binary both case cast check ' +
    'collate column constraint create cross current_date current_time current_timestamp ' +
    'current_user default desc distinct do else end except false for foreign freeze from full ' +
    'grant group having identity ilike in initially inner intersect into is isnull join leading ' +
    'left like limit localtime localtimestamp minus natural not notnull null off offset old on ' +
    'only open or order outer overlaps placing primary references right select session_user ' +
    'similar snapshot some sysdate system table tag tdes then to top trailing true union unique ' +
    'user using verbose when where with without').split(' '),
);

/** A name as it has to be written in SQL. */
export function identifier(name: string): string {
  return PLAIN.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

export function literal(value: string): string {
  const text = value.replaceAll("'", "''");
  return value.includes('\\') ? `'${text.replaceAll('\\', '\\\\')}'` : `'${text}'`;
}
