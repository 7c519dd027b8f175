# shellcheck shell=sh
# Every check of the project, the quick ones first. Sourced by ./dev.

# step TITLE COMMAND…: runs one check under a heading and says how long it took.
step() {
    STEP=$1
    shift
    printf '\n== %s\n' "$STEP"
    step_start=$(date +%s)
    "$@"
    printf '   %s: %s s\n' "$STEP" "$(($(date +%s) - step_start))"
    STEP=
}

test_all() {
    need_build_tools
    need_lints
    need_headless_shell
    STEP=
    trap '[ -z "$STEP" ] || printf "\ndev: failed at: %s\n" "$STEP" >&2' EXIT
    step "format" cargo fmt --all --check
    step "lints, native" cargo clippy --locked --workspace --all-targets -- -D warnings
    step "lints, wasm" with_wasm_flags \
        cargo clippy --locked -p tiendo06 -p lean --all-targets --target "$WASM_TARGET" -- -D warnings
    step "tests, native" cargo test --locked --workspace
    step "the domain knows no browser" check_edges tracker
    step "tests of the tools" node --test --test-reporter=spec tools/*.test.mjs
    step "tests in Chromium" test_wasm
    step "build" build_dist
    step "end to end" test_e2e
}

# check_edges PACKAGE: fails if the package depends on the web platform when built for it.
check_edges() {
    # Apart from the search, so that a failing cargo is not read as "nothing found".
    tree=$(cargo tree --locked -p "$1" --target "$WASM_TARGET" -e normal --prefix none)
    if printf '%s\n' "$tree" | grep -E '^(web-sys|js-sys|wasm-bindgen|leptos|gloo)'; then
        die "$1 depends on the crates above" "The domain stays free of the browser: move that code to src/platform"
    fi
    printf '%s crates, none of them of the browser\n' "$(printf '%s\n' "$tree" | sort -u | wc -l | tr -d ' ')"
}

test_wasm() {
    driver_config=${CARGO_TARGET_DIR:-$ROOT/target}/webdriver.json
    mkdir -p "$(dirname "$driver_config")"
    # The first flags are for a machine without display, GPU or user namespaces; the rest keep the
    # browser from calling home, which a closed network answers slowly.
    node -e '
        console.log(JSON.stringify({ "goog:chromeOptions": { binary: process.argv[1], args: [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        ] } }));' "$CHROMIUM" >"$driver_config"
    # The runner's own limits (20 s for all tests, 5 s for the driver) are short for a busy machine.
    with_wasm_flags env \
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
        WASM_BINDGEN_TEST_WEBDRIVER_JSON="$driver_config" \
        WASM_BINDGEN_TEST_TIMEOUT=180 WASM_BINDGEN_TEST_DRIVER_TIMEOUT=30 \
        cargo test --locked --target "$WASM_TARGET" -p tiendo06 --lib --bins --tests
}

need_e2e() {
    e2e_hash=$(hash_of tests/e2e/package.json tests/e2e/package-lock.json)
    e2e_stamp=tests/e2e/node_modules/.installed
    if [ "$(cat "$e2e_stamp" 2>/dev/null)" != "$e2e_hash" ]; then
        say "installing Playwright into tests/e2e/node_modules (seconds)"
        PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix tests/e2e --no-audit --no-fund --loglevel=error >&2
        printf '%s\n' "$e2e_hash" >"$e2e_stamp"
    fi
}

test_e2e() {
    need_headless_shell
    need_e2e
    (
        cd tests/e2e || exit
        # Playwright's own command rather than npx, which would go looking for a missing one.
        CHROMIUM=$HEADLESS_SHELL SIRV=$NODE_TOOLS/node_modules/sirv-cli/bin.js \
            node node_modules/@playwright/test/cli.js test
    )
}

# The pictures of the README, by the browser of the tests.
shots() {
    need_build_tools
    need_chromium
    need_e2e
    [ -f dist/index.html ] || die "there is no page in dist/" "Run ./dev build"
    SIRV=$NODE_TOOLS/node_modules/sirv-cli/bin.js node tools/shots.mjs tools/shots
}
