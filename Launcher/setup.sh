# shellcheck shell=bash
# A real partnership on one machine: its private database, its keys and its configuration.

help_setup() {
    cat <<'TEXT'
./drystone setup --data DIR --public-url https://NAME --recipient age1... [--port 8080] [--metrics-port 9464]
Makes everything that a real partnership needs under DIR: a private database, keys, and DIR/drystone.conf. Serves
nothing yet. DIR must be new or empty; run again on its own directory, it completes what is missing.

  --public-url U   the address that people type; TLS belongs to the reverse proxy in front (see Deploy)
  --recipient R    whom backups are encrypted for: age-keygen -o backup-identity.txt prints it; may be repeated
TEXT
}

room_setup() {
    local directory='' url='' port=8080 metrics=9464 given=()
    while (($#)); do
        case $1 in
            --data) need_value "$@"; directory=$2; shift 2 ;;
            --public-url) need_value "$@"; url=$2; shift 2 ;;
            --recipient) need_value "$@"; given+=("$2"); shift 2 ;;
            --port) need_value "$@"; port=$2; shift 2 ;;
            --metrics-port) need_value "$@"; metrics=$2; shift 2 ;;
            -h | --help) help_setup; return ;;
            *) wrong_usage "setup does not know \"$1\"." ;;
        esac
    done
    check_setup_words "$directory" "$url" "$port" "$metrics" "${given[@]}"
    enter user install build data cluster serve migrate demo restore
    ensure_installed
    choose_run_user
    check_recipients "${given[@]}"
    name_data "$directory"
    claim_data real
    ensure_built
    check_server_is_open
    must_lock_data
    stop_on_exit
    refuse_without_keys
    if [[ ! -e $data/backup.recipients ]]; then printf '%s\n' "${given[@]}" | put_file "$data/backup.recipients"; fi
    if [[ ! -e $config ]]; then write_config "$port" "$url" "$(assets_of_service)" "$metrics"; fi
    start_cluster
    bootstrap_database
    migrate_after_backup
    make_current
    cat <<TEXT
Ready: $config
Next:
  ./drystone create-admin --config $config
  ./drystone backup --data $data --out DIRECTORY --keys FILE    (keeps the keys; put the file away from this machine)
  ./drystone serve --config $config                             (or the systemd unit in Deploy)
TEXT
}

check_setup_words() {
    [[ -n $1 ]] || wrong_usage "setup needs --data DIR."
    [[ $2 =~ ^https?://[A-Za-z0-9.:-]+$ ]] || wrong_usage "setup needs --public-url https://NAME (no path)."
    is_port "$3" || wrong_usage "--port needs a number from 0 to 65535."
    is_port "$4" || wrong_usage "--metrics-port needs a number from 0 to 65535."
    (($# > 4)) || wrong_usage "setup needs --recipient age1... (age-keygen -o backup-identity.txt prints it)."
}

check_recipients() {
    local one
    for one in "$@"; do
        age --encrypt -r "$one" -o /dev/null </dev/null 2>/dev/null ||
            wrong_usage "\"$one\" is not a public key of age (age1...)."
    done
}
