# shellcheck shell=sh
# Looks at what the page is made of and built with: licences, sources, bans, known faults. Sourced by
# ./dev. Never part of a test: the lists of known faults come from the network and change every day.
# What could not be had is said, and is no failure; what was found is one.

audit() {
    need_rust
    need_node
    audit_found=0
    audit_missing=0
    audit_crates
    audit_packages
    if [ "$audit_missing" -gt 0 ]; then
        say "$audit_missing of the checks could not be made, as said above; they say nothing about the page"
    fi
    [ "$audit_found" -eq 0 ] || die "$audit_found of the checks found something" "Read it above; deny.toml says what is wanted and why"
    say "the checks that could be made found nothing"
}

# found WHAT / missed WHAT WHY
found() {
    printf 'dev: audit: %s\n' "$1" >&2
    audit_found=$((audit_found + 1))
}

missed() {
    printf 'dev: audit: not checked: %s (%s)\n' "$1" "$2" >&2
    audit_missing=$((audit_missing + 1))
}

# Crates, by deny.toml. Licences, bans and sources need no network; the list of known faults does.
audit_crates() {
    # Any version on the PATH will do; otherwise the pinned one, which takes minutes to build.
    if ! has cargo-deny && ! (cargo_tool cargo-deny "$CARGO_DENY_VERSION" 20 cargo-deny --locked); then
        missed "crates" "cargo-deny could not be installed"
        return 0
    fi
    PATH=$CACHE/cargo-deny-$CARGO_DENY_VERSION/bin:$PATH
    # What it reads: every crate of the lock file.
    cargo fetch --locked --quiet || {
        missed "crates" "not all of them are here, and they could not be fetched"
        return 0
    }
    printf '\n== crates: licences, bans, sources\n'
    cargo deny --offline --locked --workspace check --hide-inclusion-graph licenses bans sources ||
        found "licences, bans or sources of crates"
    printf '\n== crates: known faults\n'
    advisories=$(mktemp)
    if cargo deny --locked --workspace check --hide-inclusion-graph advisories >"$advisories" 2>&1; then
        cat "$advisories"
    elif grep -q 'failed to fetch advisory database\|failed to load advisory database\|unable to fetch\|failed to clone' "$advisories"; then
        missed "known faults of crates" "the list of advisories could not be had from here"
    else
        cat "$advisories"
        found "known faults of crates"
    fi
    rm -f "$advisories"
}

# npm packages: none of them is in the page; they build, test and measure it.
audit_packages() {
    for folder in tools tests/e2e bench; do
        printf '\n== npm packages of %s\n' "$folder"
        answer=$(npm audit --prefix "$folder" --package-lock-only --audit-level=low --json 2>/dev/null || true)
        # The answer has a count of faults, or says why there is none.
        verdict=$(printf '%s' "$answer" | node -e '
            let text = "";
            process.stdin.on("data", (part) => { text += part; });
            process.stdin.on("end", () => {
                let answer = {};
                try { answer = JSON.parse(text); } catch { /* no answer is no list */ }
                const counts = answer.metadata?.vulnerabilities;
                if (!counts) { console.log("none"); return; }
                const names = Object.values(answer.vulnerabilities ?? {}).map((v) => `${v.name} (${v.severity})`);
                console.log(counts.total === 0 ? "clean" : `found ${names.join(", ")}`);
            });')
        case $verdict in
            clean) printf 'no known fault\n' ;;
            none) missed "npm packages of $folder" "the registry gave no list of known faults" ;;
            *) printf '%s\n' "${verdict#found }" && found "npm packages of $folder" ;;
        esac
    done
}
