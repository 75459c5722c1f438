# shellcheck shell=bash
# Serving: the server under a watchful launcher, which starts it again, and the database too, when either dies.

help_serve() {
    cat <<'TEXT'
./drystone serve --config FILE
Serves a partnership. When FILE stands in a data directory made by `setup` or `restore`, its private database is
started first and stopped at the end; otherwise FILE says where the database is. Ctrl-C or SIGTERM stops both.
TEXT
}

room_serve() {
    local file=
    while (($#)); do
        case $1 in
            --config) need_value "$@"; file=$2; shift 2 ;;
            -h | --help) help_serve; return ;;
            *) wrong_usage "serve does not know \"$1\"." ;;
        esac
    done
    [[ -n $file ]] || wrong_usage "serve needs --config FILE."
    enter user install build data cluster
    ensure_installed
    ensure_built
    choose_run_user
    if ! data_of_config "$file"; then
        make_current
        cd /
        exec "${run_as[@]}" "$server" serve --config "$config"
    fi
    # A service may start while doctor or a backup has the database open for a moment.
    lock_patience=10
    must_lock_data
    stop_on_exit
    refuse_without_keys
    enter tombstones
    refuse_before_tombstones
    stop_leftover_server
    check_port
    start_cluster
    refuse_pending
    make_current
    serve_and_watch
}

# A restored database without its keys must not get new ones: what the old ones protect could never be read again.
refuse_without_keys() {
    if [[ ! -e $data/keys.missing ]]; then return; fi
    fail "$data was restored without its keys." \
        "Put them back: ./drystone restore --keys FILE --identity KEYFILE --data $data"
}

refuse_pending() {
    local pending
    pending=$("${run_as[@]}" "$server" migrate --config "$config" --pending) ||
        fail "the server could not look at the database." "./drystone doctor --data $data says more."
    if [[ $pending != 0 ]]; then
        fail "the database is older than this release ($pending migrations)." \
            "Type: ./drystone migrate --config $config"
    fi
}

# A server that a killed launcher left behind is ended; anything else on the port is explained.
stop_leftover_server() {
    local pid='' words=()
    pid=$("${run_as[@]}" cat "$data/run/server.pid" 2>/dev/null) || true
    if [[ ! $pid =~ ^[0-9]+$ || ! -r /proc/$pid/cmdline ]]; then return; fi
    mapfile -d '' -t words <"/proc/$pid/cmdline" 2>/dev/null || true
    if [[ " ${words[*]} " != *" serve --config $config "* ]]; then return; fi
    note "A server of an earlier start is still running (process $pid); ending it."
    server_pid=$pid
    stop_server
    server_pid=
}

# Says who holds the port that the server wants.
check_port() {
    local address port holder
    config_value "$config" listen
    address=${REPLY:-127.0.0.1:8080}
    port=${address##*:}
    if [[ $port == 0 ]] || ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then return 0; fi
    holder=$(ss -Hltnp "sport = :$port" 2>/dev/null | grep -o 'users:.*' | head -n 1) || true
    fail "something is already listening on port $port${holder:+: $holder}." \
        "Stop it, or choose another port (${1:-listen in $config})."
}

# Starts the server. It gets SIGTERM when this launcher is killed, and has a session of its own, so that Ctrl-C
# reaches the launcher alone, which then ends things in order.
start_server() {
    local line=(setsid setpriv --pdeathsig TERM -- "$server" serve --config "$config")
    ulimit -c 0 2>/dev/null || true
    ulimit -Sn 65536 2>/dev/null || ulimit -Sn "$(ulimit -Hn)" 2>/dev/null || true
    if [[ -n $server_log ]]; then
        # shellcheck disable=SC2016
        "${run_as[@]}" sh -c 'log=$1; shift; exec "$@" 2>>"$log"' sh "$server_log" "${line[@]}" 8<&- 9<&- &
    else
        "${run_as[@]}" "${line[@]}" 8<&- 9<&- &
    fi
    server_pid=$!
    printf '%s\n' "$server_pid" | put_file "$data/run/server.pid" || true
}

server_log=   # where the server's log goes; standard error when empty

# The server has ten seconds to stop by itself.
stop_server() {
    local tenth
    kill -TERM "$server_pid" 2>/dev/null || return 0
    for ((tenth = 0; tenth < 150; tenth++)); do
        is_alive "$server_pid" || return 0
        sleep 0.1
    done
    note "The server did not stop in fifteen seconds; killing it."
    kill -KILL "$server_pid" 2>/dev/null || true
}

# Alive, and not a dead process that nobody has collected.
is_alive() {
    local line
    { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
    [[ ${line##*) } != Z* ]]
}

postmaster_pid() {
    REPLY=
    { read -r REPLY <"$data/pg/postmaster.pid"; } 2>/dev/null || true
}

# Serves until told to stop, or until the server can't be kept alive.
serve_and_watch() {
    local postmaster born=$SECONDS short_lives=0 status
    trap 'finish 0' INT TERM HUP
    postmaster_pid
    postmaster=$REPLY
    start_server
    exec 8<> <(:)
    while true; do
        read -r -t 0.5 -u 8 || true
        if ! is_alive "$server_pid"; then
            status=0
            wait "$server_pid" || status=$?
            if ((SECONDS - born >= 10)); then short_lives=0; else short_lives=$((short_lives + 1)); fi
            give_up_perhaps "$status" "$short_lives"
            note "The server ended (status $status); starting it again."
            born=$SECONDS
            start_server
        fi
        if [[ -z $postmaster ]] || ! is_alive "$postmaster"; then
            note "The database ended; starting it again."
            (start_cluster) || { sleep 1; continue; }
            postmaster_pid
            postmaster=$REPLY
        fi
    done
}

# Killed from outside is no fault of the server's; ending by itself at once is, and so is dying again and again.
give_up_perhaps() {
    local status=$1 short_lives=$2
    if ((status == 137)); then return; fi
    if ((status < 128 && short_lives == 0)) || ((status >= 128 && short_lives < 5)); then return; fi
    server_pid=
    if [[ -n $server_log ]]; then "${run_as[@]}" tail -n 5 "$server_log" >&2 || true; fi
    fail "the server ended by itself (status $status)." \
        "$(disk_note "$data")" "./drystone doctor --data $data may say more."
}
