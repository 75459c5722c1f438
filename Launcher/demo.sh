# shellcheck shell=bash
# The demonstration: from a clean checkout to a running partnership with invented people.

help_demo() {
    cat <<'TEXT'
./drystone demo [--port 8080] [--data DIR] [--size rutland|llr|large] [--reset]
Installs what is missing, builds, makes a private database under DIR (default .drystone), fills it with invented
people and events, and serves it on 127.0.0.1. Prints the sign-ins and one line `ready http://127.0.0.1:PORT`.
A second start takes seconds. Ctrl-C stops everything that it started.

  --port N    the port (0: any free one)
  --size S    rutland: a small partnership; llr (default): three authorities; large: 20,000 cases
  --reset     empties DIR first; refuses a directory that the demonstration did not make
As root it runs database and server as the user `drystone`, from /opt/drystone/VERSION.
TEXT
}

room_demo() {
    local port=8080 directory=$home/.drystone size='' reset=
    while (($#)); do
        case $1 in
            --port) need_value "$@"; port=$2; shift 2 ;;
            --data) need_value "$@"; directory=$2; shift 2 ;;
            --size) need_value "$@"; size=$2; shift 2 ;;
            --reset) reset=1; shift ;;
            -h | --help) help_demo; return ;;
            *) wrong_usage "demo does not know \"$1\"." ;;
        esac
    done
    is_port "$port" || wrong_usage "--port needs a number from 0 to 65535."
    [[ $size =~ ^(rutland|llr|large|)$ ]] || wrong_usage "--size is rutland, llr or large."
    enter user install build data cluster serve migrate
    ensure_installed
    choose_run_user
    name_data "$directory"
    claim_data demonstration
    ensure_built
    check_server_is_open
    if ((10#$port == 0)); then free_port; port=$REPLY; fi
    must_lock_data
    stop_on_exit
    stop_leftover_server
    if [[ -n $reset ]]; then reset_demonstration; fi
    choose_size "$size"
    write_config "$port" "http://127.0.0.1:$port" "$assets"
    check_port "--port"
    refuse_without_keys
    start_cluster
    bootstrap_database
    migrate_after_backup
    seed_demonstration
    trim_log "$data/log/server.log"
    server_log=$data/log/server.log
    serve_and_watch
}

# The run user must be able to run the server where it stands.
check_server_is_open() {
    if "${run_as[@]}" test -x "$server"; then return; fi
    path_is_open "$server" || true
    fail "the user $run_user can't run $server." "It must be able to enter ${REPLY:-its folder}."
}

free_port() {
    REPLY=$(/usr/bin/python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
}

reset_demonstration() {
    if [[ -d $data/pg ]]; then
        find_postgres
        stop_cluster
    fi
    empty_data
}

# A directory holds one size, chosen when it is first filled.
choose_size() {
    local held
    config_value "$data/.drystone" size
    held=$REPLY
    if [[ -n $held && -n $1 && $held != "$1" ]]; then
        fail "$data holds the demonstration of size $held." "Add --reset to replace it, or give another --data."
    fi
    demonstration_size=${held:-${1:-llr}}
    if [[ -z $held ]]; then write_marker "size = $demonstration_size"; fi
}

# Fills the database once; prints the sign-ins every time.
seed_demonstration() {
    progress "Filling the demonstration ($demonstration_size)."
    run_long "${run_as[@]}" "$server" demo --config "$config" --size "$demonstration_size" ||
        fail "the demonstration could not be filled." "$(disk_note "$data")"
}
