# shellcheck shell=bash
# What is missing or wrong, in plain words: each line says what was looked at, and what to do when it is not well.

help_doctor() {
    cat <<'TEXT'
./drystone doctor [--data DIR | --config FILE] [--port N] [--json]
Looks at the tools, the data directory (default .drystone), its database, its keys, the disk, the clock and the port,
and says what is missing or wrong. Changes nothing. Exit 1 when anything is wrong; advice alone is exit 0.
TEXT
}

room_doctor() {
    local directory=$home/.drystone file='' port='' json=
    while (($#)); do
        case $1 in
            --data) need_value "$@"; directory=$2; shift 2 ;;
            --config) need_value "$@"; file=$2; shift 2 ;;
            --port) need_value "$@"; port=$2; shift 2 ;;
            --json) json=1; shift ;;
            -h | --help) help_doctor; return ;;
            *) wrong_usage "doctor does not know \"$1\"." ;;
        esac
    done
    enter user install build data cluster serve
    findings=()
    if getent passwd "$service_user" >/dev/null || ((EUID != 0)); then choose_run_user; else run_user=$service_user; fi
    examine_tools
    examine_clock
    if [[ -n $file ]]; then
        absolute "$file"
        config=$(readlink -f "$REPLY") || config=$REPLY
        directory=${config%/*}
        if [[ ! -e $config ]]; then
            note "drystone: there is no $config."
            exit 2
        fi
    fi
    examine_data "$directory"
    examine_port "$port"
    if [[ -n $json ]]; then findings_as_json; else findings_as_words; fi
}

# finding ok|advice|wrong WHAT [WHAT-TO-DO]
finding() { findings+=("$1"$'\t'"$2"$'\t'"${3-}"); }

findings_as_words() {
    local line status what todo wrongs=0
    for line in "${findings[@]}"; do
        IFS=$'\t' read -r status what todo <<<"$line"
        printf '%-7s %s\n' "$status" "$what"
        if [[ -n $todo ]]; then printf '        %s\n' "$todo"; fi
        if [[ $status == wrong ]]; then wrongs=$((wrongs + 1)); fi
    done
    if ((wrongs == 0)); then
        printf 'Nothing is wrong.\n'
        return
    fi
    printf '%s wrong.\n' "$([[ $wrongs == 1 ]] && echo 'One thing is' || echo "$wrongs things are")"
    exit 1
}

findings_as_json() {
    printf '%s\n' "${findings[@]}" | /usr/bin/python3 -c 'import json, sys
found = [dict(zip(("status", "what", "todo"), line.rstrip("\n").split("\t"))) for line in sys.stdin]
wrong = sum(f["status"] == "wrong" for f in found)
print(json.dumps({"wrong": wrong, "findings": found}, indent=1))
sys.exit(1 if wrong else 0)'
}

examine_tools() {
    find_missing
    if ((${#missing[@]})); then
        finding wrong "Packages are missing: ${missing[*]}" "Type: sudo apt-get install ${missing[*]}"
    else
        finding ok "The packages it needs are installed."
    fi
    if [[ -e $home/RELEASE ]]; then
        finding ok "This is an installed release: $(<"$home/RELEASE")"
    elif find_swift; then
        finding ok "Swift $swift_found"
    else
        finding wrong "Swift $swift_wanted or newer is needed to build${swift_found:+ (found: $swift_found)}." \
            "Install it from https://www.swift.org/install/linux/"
    fi
    if ((EUID == 0)) && ! getent passwd "$service_user" >/dev/null; then
        finding advice "The system user $service_user does not exist yet." "demo or setup makes it."
    fi
    if [[ -S /run/clamav/clamd.ctl ]]; then
        finding ok "The virus scanner clamd is there."
    else
        finding advice "There is no virus scanner (clamd)." \
            "Attachments are then only ever downloads, never shown. To have one: apt-get install clamav-daemon"
    fi
}

# Six-digit codes need a clock that is right to half a minute.
examine_clock() {
    local synchronised=
    if ((EPOCHSECONDS < $(stat -c %Y "$home/VERSION") - 86400)); then
        finding wrong "The clock says $(date -u '+%Y-%m-%d %H:%M') UTC, which is before this program was made." \
            "Set the clock: sign-in codes and the 48-hour clocks depend on it."
        return
    fi
    if [[ -d /run/systemd/system ]]; then
        synchronised=$(timedatectl show -p NTPSynchronized --value 2>/dev/null) || true
    fi
    case $synchronised in
        yes) finding ok "The clock is synchronised ($(date -u '+%Y-%m-%d %H:%M') UTC)." ;;
        no) finding advice "Nothing keeps the clock right ($(date -u '+%Y-%m-%d %H:%M') UTC)." \
            "Sign-in codes fail when it is half a minute out: apt-get install systemd-timesyncd" ;;
        *) finding advice "The clock says $(date -u '+%Y-%m-%d %H:%M') UTC; nothing here says whether it is kept right." ;;
    esac
}

examine_data() {
    local owner
    name_data "$1"
    if [[ -n ${file-} ]]; then config=$(readlink -f "$config") || true; fi
    examine_disk "$data"
    if [[ ! -e $data ]]; then
        finding advice "There is no data directory $data yet." "demo, setup and restore make one."
        return
    fi
    owner=$(stat -c %U "$data")
    if ! (ls "$data" >/dev/null 2>&1); then
        finding wrong "$data belongs to $owner; $(id -un) can't look inside." "Run doctor as $owner or as root."
        return
    fi
    if ! is_ours "$data"; then
        if [[ -n ${file-} && -r $config ]]; then
            finding advice "$config does not stand in a private data directory: its database is somewhere else."
            ask_server
            return
        fi
        finding wrong "$data was not made by Drystone." "Give --data the directory that demo, setup or restore made."
        return
    fi
    if [[ $kind == incomplete ]]; then
        finding wrong "$data is the remains of a restore that did not end." "Remove it and restore again."
        return
    fi
    if [[ $owner != "$run_user" ]]; then
        finding wrong "$data belongs to $owner, and the database would run as $run_user." "Start as $owner."
        return
    fi
    if ! path_is_open "$data"; then
        finding wrong "The user $run_user can't enter $REPLY." "chmod o+x $REPLY, or move the data elsewhere."
        return
    fi
    finding ok "$data holds a $kind partnership."
    examine_keys
    examine_backups
    examine_cluster
}

# The disk under the nearest directory that exists.
examine_disk() {
    local at=$1 free percent inodes
    while [[ ! -d $at ]]; do
        at=${at%/*}
        at=${at:-/}
    done
    read -r free percent < <(df -Pm "$at" | awk 'NR == 2 { print $4, 100 - $5 }')
    inodes=$(df -Pi "$at" | awk 'NR == 2 { print $4 }')
    if [[ ! $inodes =~ ^[1-9][0-9]*$ ]]; then inodes=1000000; fi # some file systems don't count them
    if ((free < 200 || inodes < 1000)); then
        finding wrong "The disk under $at is full: $free MB are left." \
            "While it is full nothing can be saved. Free some space; what was acknowledged is safe."
    elif ((free < 2000 || percent < 5)); then
        finding advice "The disk under $at is filling up: $free MB ($percent%) are left." "Make room before it is full."
    else
        finding ok "The disk under $at has $free MB ($percent%) left."
    fi
}

examine_keys() {
    local key mode bad=0
    if [[ -e $data/keys.missing ]]; then
        finding wrong "The keys were not restored with the database." \
            "./drystone restore --keys FILE --identity KEYFILE --data $data"
        return
    fi
    if [[ ! -d $data/keys ]]; then
        finding advice "There are no keys yet." "demo and setup make them."
        return
    fi
    for key in master server audit; do
        if [[ ! -e $data/keys/$key.key ]]; then
            finding wrong "The key $data/keys/$key.key is missing." \
                "Put it back from where you keep copies of the keys; a new one can't read what the old one wrote."
            bad=1
        fi
    done
    for key in "$data/keys" "$data/keys"/*; do
        if [[ -L $key ]]; then continue; fi
        mode=$(stat -c '%a' "$key")
        if [[ ! $mode =~ 00$ || $(stat -c %U "$key") != "$run_user" ]]; then
            finding wrong "$key can be read by others (mode $mode, owner $(stat -c %U "$key"))." \
                "chown -R $run_user $data/keys; chmod -R u=rwX,go= $data/keys"
            bad=1
        fi
    done
    if ((bad == 0)); then finding ok "The keys are there, and only $run_user can read them."; fi
}

examine_backups() {
    if [[ $kind != real ]]; then return; fi
    if [[ -s $data/backup.recipients ]]; then
        finding ok "Backups are encrypted for $(grep -c . "$data/backup.recipients") recipient(s)."
    else
        finding wrong "Nobody is named for whom backups are encrypted." \
            "Write the public key of your backup identity (age1...) into $data/backup.recipients"
    fi
    if [[ ! -s $config ]]; then return; fi
    config_value "$config" breach_list
    if [[ -z $REPLY || ! -r $REPLY ]]; then
        finding advice "There is no list of breached passwords (breach_list in $config)." \
            "New passwords are then checked against a short list only; docs/guide says how to make one."
    fi
}

examine_cluster() {
    local made_by='' checksums state
    made_by=$(cat "$data/pg/PG_VERSION" 2>/dev/null) || true
    if [[ -z $made_by ]]; then
        finding advice "There is no database in $data yet." "demo and setup make it."
        return
    fi
    pg_bin=/usr/lib/postgresql/$made_by/bin
    if [[ ! -x $pg_bin/postgres ]]; then
        finding wrong "The database was made by PostgreSQL $made_by, which is not installed." \
            "apt-get install postgresql-$made_by"
        return
    fi
    if [[ $(stat -c '%U %a' "$data/pg") != "$run_user 700" ]]; then
        finding wrong "$data/pg should belong to $run_user alone (mode 700)." \
            "chown -R $run_user $data/pg; chmod 700 $data/pg"
        return
    fi
    socket_place
    if [[ $socket != "$data/s" ]]; then
        finding advice "The path of $data is too long or too odd for a socket (107 bytes), so it is $socket."
    fi
    checksums=$(control_value 'Data page checksum version')
    if [[ $checksums == 0 ]]; then
        finding wrong "The database has no checksums on its pages." "Back up and restore into a new directory."
    else
        finding ok "PostgreSQL $made_by, with checksums on every page."
    fi
    state=$(control_value 'Database cluster state')
    examine_running "$state"
}

control_value() {
    "${run_as[@]}" env LC_ALL=C "$pg_bin/pg_controldata" "$data/pg" 2>/dev/null | sed -n "s/^$1: *//p"
}

# Looks inside a running database; starts one that nobody uses, for as long as the look takes.
examine_running() {
    local failures problem
    if ! cluster_is_running; then
        if [[ $1 == 'in production' ]]; then
            finding advice "The database was killed; it recovers by itself at the next start."
        fi
        if [[ $(df -Pm "$data" | awk 'NR == 2 { print $4 }') -lt 50 ]]; then return; fi
        if ! lock_data; then
            finding wrong "Another drystone holds $data, but its database is not running." \
                "It starts the database again by itself; see $data/log if it does not."
            return
        fi
        stop_on_exit
        if ! problem=$( (start_cluster) 2>&1); then
            finding wrong "The database does not start." "$(tr '\n' ' ' <<<"$problem")"
            return
        fi
    fi
    if ! cluster_answers; then
        finding wrong "The database runs, but does not answer on $socket." \
            "Is the disk full? Its logs are in $data/log; stopping and starting helps when they say nothing."
        return
    fi
    finding ok "The database answers."
    failures=$(run_psql postgres postgres -c 'SELECT coalesce(sum(checksum_failures), 0) FROM pg_stat_database') || failures=0
    if [[ $failures != 0 ]]; then
        finding wrong "$failures pages of the database are damaged (checksum failures)." \
            "The disk is failing: restore the latest backup onto another one."
    fi
    ask_server
}

# The server's own part: schema, roles, keys against the database.
ask_server() {
    local words status=0 line pending
    if ! find_server; then
        finding advice "The server is not built yet, so the schema was not looked at." "demo builds it."
        return
    fi
    if [[ ! -r $config ]]; then
        finding wrong "There is no configuration $config." "setup and demo write it."
        return
    fi
    if ! pending=$("${run_as[@]}" "$server" migrate --config "$config" --pending 2>&1); then
        finding wrong "The server could not look at the schema: $(tail -n 1 <<<"$pending")"
    elif [[ $pending != 0 ]]; then
        finding wrong "The schema is older than this release: $pending migrations are waiting." \
            "./drystone migrate --config $config"
    else
        finding ok "The schema is this release's."
    fi
    words=$("${run_as[@]}" "$server" doctor --config "$config" 2>&1) || status=$?
    while IFS= read -r line; do
        if [[ -z $line ]]; then continue; fi
        if [[ $line =~ ^(ok|advice|wrong)[:\ ]+(.*)$ ]]; then
            finding "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
        elif ((status)); then
            finding wrong "$line"
        else
            finding advice "$line"
        fi
    done <<<"$words"
    if ((status)) && [[ -z $words ]]; then finding wrong "The server's own check failed (status $status)."; fi
}

# The server as built; doctor never builds.
find_server() {
    local name=
    choose_releases
    if [[ -n ${DRYSTONE_SERVER_BINARY-} ]]; then
        use_given_binary
    elif [[ -e $home/RELEASE ]]; then
        use_release "$home"
    else
        { read -r name <"$home/.build/drystone.stamp"; } 2>/dev/null || return 1
        use_release "$releases/$name"
    fi
    [[ -x $server ]]
}

examine_port() {
    local port=$1 holder pid=
    if [[ -z $port && -r ${config-} ]]; then
        config_value "$config" listen
        port=${REPLY##*:}
    fi
    port=${port:-8080}
    if [[ ! $port =~ ^[0-9]+$ ]] || ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        finding ok "Port $port is free."
        return
    fi
    pid=$(cat "$data/run/server.pid" 2>/dev/null) || true
    holder=$(ss -Hltnp "sport = :$port" 2>/dev/null | grep -o 'users:.*' | head -n 1) || true
    if [[ -n $pid && $holder == *"pid=$pid,"* ]]; then
        finding ok "The server is serving on port $port."
    elif [[ -n $pid && -d /proc/$pid && -z $holder ]]; then
        finding ok "Something serves on port $port, and the server is running."
    else
        finding wrong "Something else is listening on port $port${holder:+: $holder}." \
            "Stop it, or use another port (--port for the demonstration, listen in the configuration)."
    fi
}
