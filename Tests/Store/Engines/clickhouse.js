// node clickhouse.js CHDB STORE < SQL: what ClickHouse, in this process, answers over the files of a store: an array a row. STORE is a
// folder, or the address of a bucket of s3.js.
const [chdb, store] = process.argv.slice(2);
const { Session } = require(chdb);
const session = new Session();
const source = (table) => store.startsWith("http")
  ? `s3('${store}/${table}/**/*.parquet', 'S3RVER', 'S3RVER', 'Parquet')`
  : `file('${store}/${table}/**/*.parquet', Parquet)`;
try {
  for (const table of ["profiles", "methods", "contexts"])
    session.query(`create view ${table} as select * from ${source(table)} settings use_hive_partitioning = 1`);
  process.stdout.write(session.query(require("fs").readFileSync(0, "utf8"), "JSONCompactEachRow") ?? "");
} finally {
  session.cleanup();
}
