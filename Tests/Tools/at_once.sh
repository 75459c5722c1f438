# shellcheck shell=bash
# Parts of a ring at once: one that waits leaves a processor idle. Each part is a command that closes with a line
# `N passed, N failed`, as the ring itself does.

closing_line='^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$'

# run_at_once COMMAND...: each of one word, quoted as for bash. The first is shown as it goes, the others when all have
# ended; the closing line is of all.
run_at_once() {
    local part showing
    parts=() # and the folder of their logs: what happens on leaving still needs them
    part_logs=$(mktemp -d "${TMPDIR:-/tmp}/drystone-parts.XXXXXX")
    trap 'kill "${parts[@]}" 2>/dev/null || true; wait; rm -rf "$part_logs"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    for part in "$@"; do
        (eval "exec $part") >"$part_logs/${#parts[@]}" 2>&1 &
        parts+=($!)
    done
    tail -n +1 -f --pid="${parts[0]}" "$part_logs/0" | grep --line-buffered -avE "$closing_line" &
    showing=$!
    # To wait for them is what a signal can interrupt.
    wait "${parts[@]}" || true
    wait "$showing" || true
    for ((part = 1; part < $#; part++)); do grep -avE "$closing_line" "$part_logs/$part" || true; done
    add_parts "$part_logs"/*
}

# The closing line of all these logs.
add_parts() {
    local file said passed=0 failed=0 skipped=0
    for file in "$@"; do
        said=$(grep -aE "$closing_line" "$file" | tail -n 1) || true
        if [[ $said =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+))? ]]; then
            passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
            skipped=$((skipped + ${BASH_REMATCH[4]:-0}))
        else
            echo "NOT OK  a part ended without a result: ${file##*/}"
            failed=$((failed + 1))
        fi
    done
    echo "$passed passed, $failed failed, $skipped skipped"
    ((failed == 0))
}
