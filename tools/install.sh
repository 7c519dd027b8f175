# shellcheck shell=sh
# Finds the tools, and installs into the cache those that are missing. Sourced by ./dev.
# Every folder of the cache carries its version in its name and is moved there whole, so that an
# interrupted install leaves nothing that looks finished.

# die WHAT_IS_MISSING WHAT_TO_DO
die() {
    printf 'dev: %s. %s.\n' "$1" "$2" >&2
    exit 1
}

say() {
    printf 'dev: %s\n' "$1" >&2
}

[ -n "${HOME:-}" ] || die "HOME is not set" "Set it to your home folder"
CACHE=${TIENDO06_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tiendo06}

has() {
    command -v "$1" >/dev/null 2>&1
}

# True if command $1 says that it is version $2.
is_version() {
    has "$1" && [ "$("$1" --version 2>/dev/null | awk 'NR == 1 { print $2 }')" = "$2" ]
}

need_node() {
    has node || die "Node.js is missing" "Install Node.js $NODE_MAJOR or newer"
    has npm || die "npm is missing" "Install it together with Node.js $NODE_MAJOR or newer"
    node_found=$(node -p 'process.versions.node.split(".")[0]')
    [ "$node_found" -ge "$NODE_MAJOR" ] ||
        die "Node.js is version $node_found, which is too old" "Install Node.js $NODE_MAJOR or newer"
}

need_rust() {
    if ! has cargo || ! has rustc; then
        die "Rust is missing" "Install it with rustup (https://rustup.rs)"
    fi
    has_wasm_target && return
    has rustup || die "Rust cannot build for $WASM_TARGET" "Install Rust with rustup (https://rustup.rs), or that target with your system's packages"
    say "adding $WASM_TARGET to Rust (seconds)"
    rustup target add "$WASM_TARGET" >&2 ||
        die "rustup could not add $WASM_TARGET" "Check the network and run rustup target add $WASM_TARGET"
}

# The source of the standard library, which the release builds for itself.
need_rust_source() {
    [ -f "$(rustc --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ] && return
    has rustup || die "The source of Rust's standard library is missing" "Install the component rust-src, with rustup or your system's packages"
    say "adding rust-src to Rust (seconds)"
    rustup component add rust-src >&2 ||
        die "rustup could not add rust-src" "Check the network and run rustup component add rust-src"
}

has_wasm_target() {
    target_lib=$(rustc --print target-libdir --target "$WASM_TARGET" 2>/dev/null) || return 1
    # Without the target rustc names a folder that is not there.
    ls "$target_lib"/libcore-*.rlib >/dev/null 2>&1
}

need_lints() {
    cargo fmt --version >/dev/null 2>&1 || die "rustfmt is missing" "Run rustup component add rustfmt"
    cargo clippy --version >/dev/null 2>&1 || die "clippy is missing" "Run rustup component add clippy"
}

# move_in STAGED FINAL: puts a finished folder in its place in the cache.
move_in() {
    rm -rf "$2"
    mv "$1" "$2"
}

# cargo_tool PACKAGE VERSION MINUTES COMMANDS [cargo install options]
# Puts the commands, which are checked for their version, on the PATH.
cargo_tool() {
    tool=$1 version=$2 minutes=$3 commands=$4
    shift 4
    # The folder is named after the tool's repository, not after its -cli package.
    tool_dir=$CACHE/${tool%-cli}-$version
    tool_on_path && return
    PATH=$tool_dir/bin:$PATH
    tool_on_path && return
    say "installing $tool $version into $CACHE (about $minutes minutes)"
    mkdir -p "$CACHE"
    staged=$(mktemp -d "$CACHE/install.XXXXXX")
    # A quick compile matters more than a quick tool: it works for seconds a day.
    env -u CARGO_TARGET_DIR -u RUSTFLAGS \
        CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        cargo install "$tool" --version "$version" --root "$staged" --quiet "$@" >&2 || {
        rm -rf "$staged"
        die "$tool $version could not be installed" "Check the network, or put that version on the PATH"
    }
    move_in "$staged" "$tool_dir"
    tool_on_path || die "$tool $version does not run" "Delete $tool_dir and try again"
}

tool_on_path() {
    for command in $commands; do
        is_version "$command" "$version" || return 1
    done
}

# wasm-opt and the static server, from the lock file beside this one.
need_node_tools() {
    need_node
    node_packages tools node "wasm-opt and a static server"
    NODE_TOOLS=$PACKAGES
    PATH=$NODE_TOOLS/node_modules/.bin:$PATH
}

# node_packages FOLDER NAME WHAT
# Installs what the lock file of FOLDER names, as NAME in the cache; sets PACKAGES to where it is.
node_packages() {
    lock_hash=$(hash_of "$1/package.json" "$1/package-lock.json")
    PACKAGES=$CACHE/$2-$lock_hash
    [ ! -d "$PACKAGES" ] || return 0
    say "installing $3 into $CACHE (seconds)"
    mkdir -p "$CACHE"
    staged=$(mktemp -d "$CACHE/install.XXXXXX")
    cp "$1/package.json" "$1/package-lock.json" "$1/.npmrc" "$staged"
    npm ci --prefix "$staged" --no-audit --no-fund --loglevel=error >&2 || {
        rm -rf "$staged"
        die "the packages of $1/package.json could not be installed" "Check the network and run it again"
    }
    move_in "$staged" "$PACKAGES"
}

# A short digest of the contents of files.
hash_of() {
    cat "$@" | node -e '
        const hash = require("node:crypto").createHash("sha256");
        process.stdin.on("data", (part) => hash.update(part));
        process.stdin.on("end", () => console.log(hash.digest("hex").slice(0, 16)));'
}

# What builds the page.
need_build_tools() {
    need_rust
    need_rust_source
    need_node_tools
    check_versions
    cargo_tool trunk "$TRUNK_VERSION" 7 trunk --locked --no-default-features --features rustls
    # Without --locked: its published lock file has named a crate version that was no longer served.
    cargo_tool wasm-bindgen-cli "$(wasm_bindgen_version)" 4 "wasm-bindgen wasm-bindgen-test-runner"
}

# Whether the user chose the browser.
CHROMIUM_CHOSEN=${CHROMIUM:-}

# Finds Chromium and its driver; sets and exports CHROMIUM and CHROMEDRIVER.
need_chromium() {
    for named in "${CHROMIUM:-}" "${CHROMEDRIVER:-}"; do
        [ -z "$named" ] || has "$named" || die "$named is not a program" "Correct CHROMIUM or CHROMEDRIVER, or unset it"
    done
    find_chromium || install_chromium
    find_chromium || die "Chromium or its chromedriver is missing" "Install both, or name them in CHROMIUM and CHROMEDRIVER"
    browser_major=$("$CHROMIUM" --version 2>/dev/null | sed 's/[^0-9]*\([0-9]*\).*/\1/')
    driver_major=$("$CHROMEDRIVER" --version 2>/dev/null | sed 's/[^0-9]*\([0-9]*\).*/\1/')
    if [ -z "$browser_major" ] || [ "$browser_major" != "$driver_major" ]; then
        die "$CHROMIUM is version ${browser_major:-unknown}, but $CHROMEDRIVER ${driver_major:-unknown}" "Install a pair of one version, or name it in CHROMIUM and CHROMEDRIVER"
    fi
    export CHROMIUM CHROMEDRIVER
}

find_chromium() {
    if [ -z "${CHROMIUM:-}" ]; then
        for name in chromium chromium-browser google-chrome; do
            if has "$name"; then
                CHROMIUM=$(command -v "$name")
                break
            fi
        done
    fi
    CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver || true)}
    has "${CHROMIUM:-}" && has "$CHROMEDRIVER"
}

install_chromium() {
    can_install || return 0
    say "installing chromium and chromium-driver with apt-get (about a minute)"
    { as_root apt-get update -q && as_root apt-get install -q -y chromium chromium-driver; } ||
        die "apt-get could not install chromium and chromium-driver" "Install them, or name others in CHROMIUM and CHROMEDRIVER"
}

# Finds the browser of the end-to-end tests and exports it as HEADLESS_SHELL: Chromium built without
# windows, which takes them through in two thirds of the time. Where CHROMIUM was chosen, or the
# shell of its version cannot be had, it is Chromium itself.
need_headless_shell() {
    need_chromium
    HEADLESS_SHELL=$CHROMIUM
    export HEADLESS_SHELL
    [ -z "$CHROMIUM_CHOSEN" ] || return 0
    has chromium-headless-shell || install_headless_shell || return 0
    if [ "$(chromium-headless-shell --version 2>/dev/null)" = "$("$CHROMIUM" --version 2>/dev/null | sed 's/ built on .*//')" ]; then
        HEADLESS_SHELL=$(command -v chromium-headless-shell)
    fi
}

install_headless_shell() {
    # Of the version that is there: another would bring another Chromium with it.
    version=$(dpkg-query -W -f '${Version}' chromium 2>/dev/null) && can_install || return 1
    say "installing chromium-headless-shell with apt-get (seconds)"
    shell="chromium-headless-shell=$version"
    as_root apt-get install -q -y "$shell" || { as_root apt-get update -q && as_root apt-get install -q -y "$shell"; } ||
        { say "chromium-headless-shell is not to be had; the end-to-end tests take half as long again with chromium"; return 1; }
}

# Whether packages can be installed without asking.
can_install() {
    has apt-get && { [ "$(id -u)" -eq 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }
}

# as_root COMMAND…: what it prints goes to the standard error.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        DEBIAN_FRONTEND=noninteractive "$@" </dev/null >&2
    else
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@" </dev/null >&2
    fi
}
