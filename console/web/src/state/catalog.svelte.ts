import { messageOf } from '../api/call';
import { query } from '../api/statement';

export interface Relation {
  schema: string;
  name: string;
  kind: 'table' | 'view' | 'external';
  megabytes: number;
  rowCount: number;
  distribution: string;
  sortKey: string;
}

export interface Column {
  name: string;
  type: string;
  nullable: boolean;
  distributionKey: boolean;
  sortKey: number;
}

const RELATIONS = `select table_schema, table_name, table_type from svv_tables
where table_schema not in ('pg_catalog', 'information_schema', 'pg_internal')
order by 1, 2`;

const SIZES = `select trim("schema") as schema_name, trim("table") as table_name, size, tbl_rows,
trim(diststyle) as diststyle, trim(sortkey1) as sortkey from svv_table_info`;

const COLUMNS = `select a.attname, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull,
a.attisdistkey, a.attsortkeyord
from pg_attribute a join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = :schema and c.relname = :name and a.attnum > 0 and not a.attisdropped
order by a.attnum`;

/** What the database holds, as the user sees it. */
class Catalog {
  relations = $state.raw<readonly Relation[]>([]);
  failure = $state('');
  busy = $state(false);
  loaded = $state(false);
  private readonly columnsOf = new Map<string, Promise<Column[]>>();
  readonly schemas = $derived([...new Set(this.relations.map((relation) => relation.schema))]);

  async load(database: string): Promise<void> {
    this.busy = true;
    this.columnsOf.clear();
    try {
      const [relations, sizes] = await Promise.all([
        query(database, RELATIONS),
        query(database, SIZES).catch(() => []),
      ]);
      const known = new Map(sizes.map((row) => [`${row.schema_name}.${row.table_name}`, row]));
      this.relations = relations.map((row) => {
        const size = known.get(`${row.table_schema}.${row.table_name}`);
        return {
          schema: row.table_schema ?? '',
          name: row.table_name ?? '',
          kind: kindOf(row.table_type ?? ''),
          megabytes: Number(size?.size ?? 0),
          rowCount: Number(size?.tbl_rows ?? 0),
          distribution: size?.diststyle ?? '',
          sortKey: size?.sortkey ?? '',
        };
      });
      this.failure = '';
    } catch (error) {
      this.failure = messageOf(error);
    }
    this.loaded = true;
    this.busy = false;
  }

  columns(database: string, schema: string, name: string): Promise<Column[]> {
    const key = JSON.stringify([database, schema, name]);
    const known = this.columnsOf.get(key) ?? readColumns(database, schema, name);
    this.columnsOf.set(key, known);
    known.catch(() => this.columnsOf.delete(key));
    return known;
  }
}

async function readColumns(database: string, schema: string, name: string): Promise<Column[]> {
  const rows = await query(database, COLUMNS, { schema, name });
  return rows.map((row) => ({
    name: row.attname ?? '',
    type: (row.type ?? '').replace('character varying', 'varchar'),
    nullable: row.attnotnull !== 't',
    distributionKey: row.attisdistkey === 't',
    sortKey: Math.abs(Number(row.attsortkeyord ?? 0)),
  }));
}

function kindOf(type: string): Relation['kind'] {
  if (type.includes('EXTERNAL')) {
    return 'external';
  }
  return type.includes('VIEW') ? 'view' : 'table';
}

export const catalog = new Catalog();
