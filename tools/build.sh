# shellcheck shell=sh
# Builds the page and serves it. Sourced by ./dev.

# The first load of the page, brotli-compressed, in bytes.
SIZE_BUDGET=200000

# Runs a command whose cargo builds for WebAssembly. One set of flags for every such build, so that
# lints, tests and the page share their compiled dependencies. The flags take this machine's paths
# out of the panic messages: nobody's home folder belongs in a published page, and short paths are
# fewer bytes. (The encoded form, separated by 0x1f, allows paths with spaces.)
with_wasm_flags() {
    cargo_home=${CARGO_HOME:-$HOME/.cargo}
    sep=$(printf '\037')
    # The last prefix that matches wins: the general ones come first.
    flags="--remap-path-prefix=$cargo_home/registry/src=crates"
    flags="$flags$sep--remap-path-prefix=$cargo_home/git/checkouts=crates"
    for source in "$cargo_home"/registry/src/*; do
        flags="$flags$sep--remap-path-prefix=$source=crates"
    done
    # With the rust-src component installed, rustc names the standard library by where it lies.
    flags="$flags$sep--remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=rust"
    flags="$flags$sep--remap-path-prefix=$ROOT=."
    if [ -n "${CARGO_TARGET_DIR:-}" ]; then
        flags="$flags$sep--remap-path-prefix=$CARGO_TARGET_DIR=target"
    fi
    CARGO_ENCODED_RUSTFLAGS=$flags "$@"
}

build() {
    need_build_tools
    build_dist
}

build_dist() {
    # Trunk gets no network, so that it can never swap in tools of its own; the crates come first.
    cargo fetch --locked --quiet --target "$WASM_TARGET"
    (
        # Trunk refuses NO_COLOR=1, the usual way to say it, and would bury a compiler's message
        # under a backtrace of itself.
        unset NO_COLOR RUST_BACKTRACE
        with_wasm_flags trunk build --release --offline --locked
    )
    node tools/check-dist.mjs dist "$SIZE_BUDGET" \
        "$ROOT" "$HOME" "${CARGO_HOME:-$HOME/.cargo}" "${RUSTUP_HOME:-$HOME/.rustup}" "$(rustc --print sysroot)"
}

serve() {
    case $1 in
        *[!0-9]* | '') die "\"$1\" is not a port" "Give a number, or none for 8006" ;;
    esac
    build
    port=$(node tools/free-port.mjs "$1")
    printf '\nhttp://127.0.0.1:%s/  (Ctrl+C stops it)\n' "$port"
    # The server lets PORT and HOST of the environment outweigh its options.
    exec env -u PORT -u HOST sirv dist --host 127.0.0.1 --port "$port" --etag --maxage 0 --quiet
}
