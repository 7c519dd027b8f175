# shellcheck shell=sh disable=SC2034
# Which version of each tool the project is built with. Sourced by ./dev, in the project's folder.
# Each version is written in one place. Where a second file has to repeat it, the two are compared.

TRUNK_VERSION=0.21.14
CARGO_DENY_VERSION=0.20.2
NODE_MAJOR=20
WASM_TARGET=wasm32-unknown-unknown

# The version of the wasm-bindgen crate, and so of its command: they speak a private format to each
# other that changes with every release.
wasm_bindgen_version() {
    [ -f Cargo.lock ] || die "Cargo.lock is missing" "Get it back from version control, or run cargo generate-lockfile"
    awk '$1 == "name" && $3 == "\"wasm-bindgen\"" { getline; gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

# The major version of binaryen, the package that wasm-opt comes in.
binaryen_version() {
    node -p 'require("./tools/package.json").dependencies.binaryen.split(".")[0]'
}

# Trunk looks for exactly the versions named in Trunk.toml and, without a network, can only say that
# it does not find them. This says why.
check_versions() {
    crate=$(wasm_bindgen_version)
    [ -n "$crate" ] || die "Cargo.lock names no wasm-bindgen" "Run cargo generate-lockfile"
    grep -q "^wasm_bindgen = \"$crate\"" Trunk.toml ||
        die "Trunk.toml asks for another wasm-bindgen than the crate in Cargo.lock" "Set [tools] wasm_bindgen = \"$crate\""
    binaryen=$(binaryen_version)
    grep -q "^wasm_opt = \"version_$binaryen\"" Trunk.toml ||
        die "Trunk.toml asks for another wasm-opt than tools/package.json" "Set [tools] wasm_opt = \"version_$binaryen\""
}
