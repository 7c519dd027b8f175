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
}
