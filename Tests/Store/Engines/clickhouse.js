// node clickhouse.js CHDB STORE < SQL: what ClickHouse, in this process, answers over the files of a store: an array a row.
const [chdb, store] = process.argv.slice(2);
const { Session } = require(chdb);
const session = new Session();
try {
  for (const table of ["profiles", "methods", "contexts"])
    session.query(`create view ${table} as select * from file('${store}/${table}/**/*.parquet', Parquet) settings use_hive_partitioning = 1`);
  process.stdout.write(session.query(require("fs").readFileSync(0, "utf8"), "JSONCompactEachRow") ?? "");
} finally {
  session.cleanup();
}
