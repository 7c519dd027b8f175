# shellcheck shell=sh
# Measures the built page beside two yardsticks, and its merge beside others. Sourced by ./dev. Never part of a test: what it
# finds depends on the machine and on what else runs there.

bench() {
    need_build_tools
    need_chromium
    need_e2e
    # What the page is compared with.
    node_packages bench grid "AG Grid Community, Yjs and Loro"
    build_dist
    build_merge
    node bench/run.mjs "$PACKAGES/node_modules/ag-grid-community/dist"
    bench_figures
    bench_merge
}

# Import and merge of many files, added to what the runs above wrote.
bench_merge() {
    node bench/merge.mjs "$MERGE" "$PACKAGES" "$NODE_TOOLS/node_modules/.bin/esbuild" bench/results.md
}

# The key figures at the size they are made for, added to what the run above wrote.
bench_figures() {
    figures=$(cargo run --locked --release --quiet -p tracker --example kpi_speed)
    {
        printf '\n## Overview and scorecard: 100 agencies, 10,000 tasks, 100,000 updates\n\n'
        printf 'Without a browser, built as small as the page. Goal: at most 50 ms after one update.\n\n'
        printf '%s\n' "$figures" | node bench/figures.mjs "$MERGE"
        printf '%s\n' "$figures" | sed -n 's/^At most/Natively at most/p'
    } | tee -a bench/results.md
}

# The import and merge alone, built and made small by the same flags as the page: MERGE is the module.
build_merge() {
    with_release_flags cargo build --locked --release --quiet -p merge-bench --target "$WASM_TARGET"
    built=${CARGO_TARGET_DIR:-$ROOT/target}/$WASM_TARGET/release
    MERGE=$built/merge_bench_small.wasm
    # As index.html asks Trunk for it.
    options=$(sed -n 's/.*data-wasm-opt-params="\([^"]*\)".*/\1/p' index.html)
    # Word splitting is meant: these are options.
    # shellcheck disable=SC2086
    wasm-opt -Oz $options -o "$MERGE" "$built/merge_bench.wasm"
}
