# shellcheck shell=bash
# The evidence tools: a second executable, which needs no server and no database.

room_tools() {
    enter install build
    ensure_built
    local tools=${server%/*}/drystone-tools
    [[ -x $tools ]] || fail "\"$command_name\" is not part of this release yet."
    exec "$tools" "$command_name" "$@"
}
