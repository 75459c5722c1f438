# shellcheck shell=bash
# How a launcher ends, whatever ends it: Ctrl-C, SIGTERM, a closed terminal, a failure on the way.

# Everything that this launcher started ends with it.
stop_on_exit() {
    trap 'finish 130' INT
    trap 'finish 143' TERM HUP
    trap 'finish $?' EXIT
}

child=        # a long command in the background
server_pid=   # the server
scratch=      # a directory to remove
keep_cluster= # set when the cluster may stay up

# Ends what was started, in order, and exits.
finish() {
    trap '' INT TERM HUP
    trap - EXIT
    set +e
    if [[ -n $child ]]; then kill -TERM "$child" 2>/dev/null && wait "$child" 2>/dev/null; fi
    if [[ -n $server_pid ]]; then stop_server; fi
    if [[ -n $locked && -z $keep_cluster && -n $pg_bin ]]; then stop_cluster; fi
    if [[ -n $locked ]]; then rm -f "$data/run/launcher.pid" "$data/run/server.pid" 2>/dev/null; fi
    if [[ -n $scratch ]]; then rm -rf "$scratch"; fi
    exit "$1"
}

# Runs a long command so that Ctrl-C and SIGTERM are heard at once.
run_long() {
    local status=0
    "$@" &
    child=$!
    wait "$child" || status=$?
    child=
    return "$status"
}
