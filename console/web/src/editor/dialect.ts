import { PostgreSQL, SQLDialect } from '@codemirror/lang-sql';

const MORE_KEYWORDS =
  'analyse approximate az64 backup bytedict copy cluster compound compression connect_by context ' +
  'credentials datashare delimiter deltas32k dictionary distkey diststyle encode encoding even ' +
  'exclude external iam_role identity ignoreheader interleaved late library listagg lzo manifest ' +
  'materialized maxerror mostly16 mostly32 mostly8 masking minus model nolog parquet permissions ' +
  'pivot qualify raw refresh rls runlength show sortkey super sysdate tag text255 text32k top ' +
  'unload unpivot vacuum zstd';
const MORE_TYPES = 'super hllsketch geometry geography varbyte timestamptz timetz nvarchar bpchar';

const spec = PostgreSQL.spec;

/** SQL as the warehouse speaks it. */
export const warehouseSql = SQLDialect.define({
  ...spec,
  keywords: `${spec.keywords ?? ''} ${MORE_KEYWORDS}`,
  types: `${spec.types ?? ''} ${MORE_TYPES}`,
});
