# Reference for bench/simulate.c: how often the rules of the XmR chart fire on a stable process whose
# limits come from its own points, worked out by other means: Rscript simulate.R POINTS CHARTS
#
# Prints for each profile the share of points that each rule marks, of latest points that any rule
# marks, and of charts with any mark, with standard errors. Independent normal figures. Written from
# the rules (docs/methods/spc.md), not from the C.
given <- as.integer(commandArgs(trailingOnly = TRUE))
points <- given[1]
batch <- 50000
batches <- given[2] %/% batch
set.seed(20261122)

# Logical matrices, a chart a column. TRUE where `x` holds at all of the `n` rows from here on.
all_ahead <- function(x, n) {
    out <- x[seq_len(nrow(x) - n + 1), , drop = FALSE]
    for (k in seq_len(n - 1)) out <- out & x[k + seq_len(nrow(x) - n + 1), , drop = FALSE]
    out
}
# Marks the `n` rows from each start.
spread <- function(starts, n, rows) {
    out <- matrix(FALSE, rows, ncol(starts))
    for (k in 0:(n - 1)) {
        at <- k + seq_len(nrow(starts))
        out[at, ] <- out[at, ] | starts
    }
    out
}
rules <- function(y, screen, counts_outside) {
    n <- nrow(y)
    row <- function(x) matrix(x, n, ncol(y), byrow = TRUE)
    step <- y[-1, ] - y[-n, ]
    range <- abs(step)
    m <- colMeans(range)
    if (screen) {
        kept <- range < matrix(3.267 * m, n - 1, ncol(y), byrow = TRUE)
        m <- ifelse(2 * colSums(kept) >= n - 1, colSums(range * kept) / colSums(kept), m)
    }
    rel <- y - row(colMeans(y))
    outside <- abs(rel) > row(2.66 * m)
    close <- abs(rel) > row(2 * 2.66 / 3 * m) & (counts_outside | !outside)
    trend <- spread(all_ahead(step > 0, 6), 7, n) | spread(all_ahead(step < 0, 6), 7, n)
    shift <- spread(all_ahead(rel > 0, 7), 7, n) | spread(all_ahead(rel < 0, 7), 7, n)
    a <- close[seq_len(n - 2), ]
    b <- close[1 + seq_len(n - 2), ]
    d <- close[2 + seq_len(n - 2), ]
    window <- (all_ahead(rel > 0, 3) | all_ahead(rel < 0, 3)) & (a + b + d >= 2)
    two <- spread(window, 3, n) & close
    any <- outside | trend | shift | two
    list(outside = colMeans(outside), trend = colMeans(trend), two_in_three = colMeans(two),
         shift = colMeans(shift), latest = any[n, ] + 0, chart = colSums(any) > 0)
}

sums <- list()
for (b in seq_len(batches)) {
    y <- matrix(rnorm(points * batch), points)
    for (profile in c("mdc", "plotthedots")) {
        found <- rules(y, profile == "plotthedots", profile == "mdc")
        for (name in names(found)) {
            key <- paste(profile, points, name)
            before <- if (is.null(sums[[key]])) c(0, 0) else sums[[key]]
            sums[[key]] <- before + c(sum(found[[name]]), sum(found[[name]]^2))
        }
    }
}
charts <- batch * batches
for (key in names(sums)) {
    mean <- sums[[key]][1] / charts
    cat(sprintf("%-28s %.6f  se %.6f\n", key, mean, sqrt((sums[[key]][2] / charts - mean^2) / charts)))
}
