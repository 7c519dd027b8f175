# shellcheck shell=sh
# Measures the built page beside two yardsticks. Sourced by ./dev. Never part of a test: what it
# finds depends on the machine and on what else runs there.

bench() {
    need_build_tools
    need_chromium
    need_e2e
    # The grid that the page is compared with.
    node_packages bench grid "AG Grid Community"
    build_dist
    node bench/run.mjs "$PACKAGES/node_modules/ag-grid-community/dist"
    bench_figures
}

# The key figures at the size they are made for, added to what the run above wrote.
bench_figures() {
    figures=$(cargo run --locked --release --quiet -p tracker --example kpi_speed)
    {
        printf '\n## Overview and scorecard: 100 agencies, 10,000 tasks, 100,000 updates\n\n'
        printf 'Without a browser, built as small as the page. Goal: at most 50 ms after one update.\n\n'
        printf '%s\n' "$figures"
    } | tee -a bench/results.md
}
