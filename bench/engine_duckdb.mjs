// Limits, status and travel of every series in DuckDB: engine_duckdb.mjs FOLDER LENGTH RUNS
//
// FOLDER is what `engine SERIES LENGTH RUNS FOLDER` wrote. Prints a line of JSON for each way of
// asking and each number of threads: {way, threads, times, answers}. Reading the files is not
// measured, nor is handing over the results of the series: DuckDB adds them up itself.
import { DuckDBInstance } from '@duckdb/node-api';

const [folder, length, runs] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const last = length - 1;
const numbers = (count) => [...Array(count).keys()];

// Each gives series, mean, m (of the moving ranges), last and before.
const ways = {
    // One row a figure, in any order: what SQL is for.
    rows: `
        SELECT series, avg(value) AS mean, avg(abs(value - before)) AS m,
               max(value) FILTER (period = ${last}) AS last,
               max(before) FILTER (period = ${last}) AS before
        FROM (SELECT series, period, value,
                     lag(value) OVER (PARTITION BY series ORDER BY period) AS before
              FROM readings)
        GROUP BY series`,
    // The same rows, where one knows that they lie in order of series and period.
    sorted: `
        SELECT series, avg(value) AS mean, avg(abs(value - before)) FILTER (period > 0) AS m,
               max(value) FILTER (period = ${last}) AS last,
               max(before) FILTER (period = ${last}) AS before
        FROM (SELECT series, period, value, lag(value) OVER () AS before FROM readings)
        GROUP BY series`,
    // One row a series, a column for each period, made beforehand.
    wide: `
        SELECT series, (${numbers(length).map((k) => `v${k}`).join(' + ')}) / ${length} AS mean,
               (${numbers(last).map((k) => `abs(v${k + 1} - v${k})`).join(' + ')}) / ${last} AS m,
               v${last} AS last, v${last - 1} AS before
        FROM wide`,
};

const question = (sums) => `
    WITH sums AS (${sums}),
    sides AS (SELECT mean, m, last, before, target, amber,
                     CASE polarity WHEN 'higher' THEN 1 WHEN 'lower' THEN -1 ELSE 0 END AS sign
              FROM sums JOIN series USING (series)),
    judged AS (SELECT mean, mean - 2.66 * m AS lower, mean + 2.66 * m AS upper, sign,
                      (round(target * 10) - round(last * 10)) * sign AS worse,
                      round(amber * 10) AS within, (last - before) * sign AS better
               FROM sides)
    SELECT sum(mean) AS mean, sum(lower) AS lower, sum(upper) AS upper,
           count(*) FILTER (sign = 0) AS no_target,
           count(*) FILTER (sign <> 0 AND worse <= 0) AS on_target,
           count(*) FILTER (sign <> 0 AND worse > 0 AND worse <= within) AS slightly_off,
           count(*) FILTER (sign <> 0 AND worse > 0 AND worse > within) AS off_target,
           count(*) FILTER (sign = 0) AS travel_not_comparable,
           count(*) FILTER (sign <> 0 AND better > 0) AS travel_improved,
           count(*) FILTER (sign <> 0 AND better = 0) AS travel_same,
           count(*) FILTER (sign <> 0 AND better < 0) AS travel_worse
    FROM judged`;

async function load(connection) {
    await connection.run(`CREATE TABLE readings AS SELECT * FROM
        read_csv('${folder}/readings.csv', header = true,
                 columns = {series: 'INTEGER', period: 'INTEGER', value: 'DOUBLE'})`);
    await connection.run(`CREATE TABLE series AS SELECT * FROM
        read_csv('${folder}/series.csv', header = true, columns =
                 {series: 'INTEGER', target: 'DOUBLE', amber: 'DOUBLE', polarity: 'VARCHAR'})`);
    const columns = numbers(length).map((k) => `max(value) FILTER (period = ${k}) AS v${k}`);
    await connection.run(`CREATE TABLE wide AS
        SELECT series, ${columns.join(', ')} FROM readings GROUP BY series`);
}

const connection = await (await DuckDBInstance.create(':memory:')).connect();
await load(connection);
for (const threads of [1, 2]) {
    await connection.run(`SET threads = ${threads}`);
    for (const [way, sums] of Object.entries(ways)) {
        const times = [];
        let answers;
        for (let run = 0; run < runs; run++) {
            const before = process.hrtime.bigint();
            const reader = await connection.runAndReadAll(question(sums));
            times.push(Number(process.hrtime.bigint() - before) / 1e9);
            answers = reader.getRowObjectsJS()[0];
        }
        console.log(JSON.stringify({ way, threads, times, answers },
                                   (_, v) => (typeof v === 'bigint' ? Number(v) : v)));
    }
}
