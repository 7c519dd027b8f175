# shellcheck shell=sh
# Measures the built page beside two yardsticks. Sourced by ./dev. Never part of a test: what it
# finds depends on the machine and on what else runs there.

bench() {
    need_build_tools
    need_chromium
    need_e2e
    need_grid
    build_dist
    node bench/run.mjs "$GRID/node_modules/ag-grid-community/dist"
}

# The grid that the page is compared with, from the lock file in bench/.
need_grid() {
    grid_hash=$(hash_of bench/package.json bench/package-lock.json)
    GRID=$CACHE/grid-$grid_hash
    [ ! -d "$GRID" ] || return 0
    say "installing AG Grid Community into $CACHE (seconds)"
    mkdir -p "$CACHE"
    staged=$(mktemp -d "$CACHE/install.XXXXXX")
    cp bench/package.json bench/package-lock.json bench/.npmrc "$staged"
    npm ci --prefix "$staged" --no-audit --no-fund --loglevel=error >&2 || {
        rm -rf "$staged"
        die "the packages of bench/package.json could not be installed" "Check the network and run it again"
    }
    move_in "$staged" "$GRID"
}
