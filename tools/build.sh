# shellcheck shell=sh
# Builds the page and serves it. Sourced by ./dev.

# The first load of the page, brotli-compressed, in bytes: what it is to come down to, and what it
# may not exceed meanwhile. Lower the ceiling whenever the page has become smaller.
SIZE_GOAL=200000
SIZE_CEILING=201000

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
    # Digests in vectors take a third less time than in words, and a kilobyte less of the page; every
    # browser that knows light-dark() has them.
    flags="$flags$sep-Ctarget-feature=+simd128"
    CARGO_ENCODED_RUSTFLAGS=$flags${extra_flags:+$sep$extra_flags} "$@"
}

# The same for the release: a standard library built for size, without the texts and places of
# panics, which nobody reads in a page. That takes a quarter off the first load. These are unstable
# options of a stable compiler, whence RUSTC_BOOTSTRAP; the tests run without them.
with_release_flags() {
    sep=$(printf '\037')
    # Names that say for what a function was compiled tell the first part of the program from the rest;
    # so functions that happen to be equal must not be merged before the parts are.
    extra_flags="-Csymbol-mangling-version=v0${sep}-Zmerge-functions=disabled${sep}-Zunstable-options${sep}-Cpanic=immediate-abort${sep}-Zlocation-detail=none"
    with_wasm_flags env RUSTC_BOOTSTRAP=1 \
        CARGO_UNSTABLE_BUILD_STD=std,panic_abort \
        CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size "$@"
    extra_flags=
}

build() {
    need_build_tools
    build_dist
}

build_dist() {
    built_stamp=${CARGO_TARGET_DIR:-$ROOT/target}/dist.stamp
    # With what it is built; what it is built of is looked at by tools/stamp.mjs.
    built_with=$(rustc -vV && with_release_flags printenv CARGO_ENCODED_RUSTFLAGS)
    if node tools/stamp.mjs fresh "$ROOT" dist "$built_stamp" "$built_with"; then
        say "dist/ is that of these files already"
    else
        build_anew
        node tools/stamp.mjs write "$ROOT" dist "$built_stamp" "$built_with"
    fi
    node tools/check-dist.mjs dist "$SIZE_GOAL" "$SIZE_CEILING" \
        "$ROOT" "$HOME" "${CARGO_HOME:-$HOME/.cargo}" "${RUSTUP_HOME:-$HOME/.rustup}" "$(rustc --print sysroot)"
}

build_anew() {
    # Trunk gets no network, so that it can never swap in tools of its own; the crates come first.
    with_release_flags cargo fetch --locked --quiet --target "$WASM_TARGET"
    (
        # Trunk refuses NO_COLOR=1, the usual way to say it, and would bury a compiler's message
        # under a backtrace of itself.
        unset NO_COLOR RUST_BACKTRACE
        # What parts the program (tools/reach.mjs) reads there where its constants are.
        export LINK_MAP="${CARGO_TARGET_DIR:-$ROOT/target}/link.map"
        with_release_flags trunk build --release --offline --locked
    )
    node tools/sums.mjs dist
}

# The page as quickly as it can be had, to look at a change while writing it: in seconds once its
# dependencies are there, many times the bytes and slower. Nothing is measured or published from it.
quick() {
    need_build_tools
    cargo fetch --locked --quiet --target "$WASM_TARGET"
    (
        unset NO_COLOR RUST_BACKTRACE
        RUSTFLAGS='-Ctarget-feature=+simd128' \
            trunk build --cargo-profile quick --offline --locked
    )
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
