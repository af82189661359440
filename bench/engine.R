# Limits of every series in R: Rscript engine.R FOLDER SERIES LENGTH RUNS
#
# FOLDER is what `engine SERIES LENGTH RUNS FOLDER` wrote. Prints "time WHAT SECONDS POINTS" (the
# fastest run), "answer WHAT mean|lower|upper SUM", or "skip WHAT". What is not installed is not
# measured.
given <- commandArgs(trailingOnly = TRUE)
series <- as.integer(given[2])
length <- as.integer(given[3])
runs <- as.integer(given[4])
values <- readBin(file.path(given[1], "values.bin"), "double", series * length)

fastest <- function(what, points, once) {
    times <- numeric(runs)
    for (run in seq_len(runs)) {
        times[run] <- system.time(found <- once())[["elapsed"]]
    }
    cat("time", what, min(times), points, "\n")
    for (name in c("mean", "lower", "upper")) {
        cat("answer", what, name, format(sum(found[[name]]), digits = 17), "\n")
    }
}

figures <- matrix(values, nrow = length)
fastest("base", series * length, function() {
    mean <- colMeans(figures)
    range <- colMeans(abs(figures[-1, ] - figures[-length, ]))
    list(mean = mean, lower = mean - 2.66 * range, upper = mean + 2.66 * range)
})

if (requireNamespace("data.table", quietly = TRUE)) {
    library(data.table, quietly = TRUE, warn.conflicts = FALSE)
    table <- data.table(series = rep(seq_len(series), each = length), value = values)
    fastest("data.table", series * length, function() {
        table[, range := abs(value - shift(value))]
        table[seq(1, .N, by = length), range := NA_real_]
        found <- table[, .(mean = mean(value), m = mean(range, na.rm = TRUE)), by = series]
        found[, .(mean, lower = mean - 2.66 * m, upper = mean + 2.66 * m)]
    })
} else {
    cat("skip data.table\n")
}
