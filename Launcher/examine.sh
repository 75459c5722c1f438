# shellcheck shell=bash
# Doctor's look at a data directory: whose it is, its keys, its database, and what the server says of them.

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
    failures=$(run_psql postgres postgres -c \
        'SELECT coalesce(sum(checksum_failures), 0) FROM pg_stat_database') || failures=0
    if [[ $failures != 0 ]]; then
        finding wrong "$failures pages of the database are damaged (checksum failures)." \
            "The disk is failing: restore the latest backup onto another one."
    fi
    ask_server
}

# The server's own part: schema, roles, keys against the database.
ask_server() {
    local words status=0 line
    if ! find_server; then
        finding advice "The server is not built yet, so the schema was not looked at." "demo builds it."
        return
    fi
    if [[ ! -r $config ]]; then
        finding wrong "There is no configuration $config." "setup and demo write it."
        return
    fi
    words=$("${run_as[@]}" "$server" doctor --config "$config" 2>&1) || status=$?
    while IFS= read -r line; do
        # What was said above already: the disk in any state, the rest when it is well.
        if [[ -z $line || $line == *' The disk under '"$data "* ]]; then continue; fi
        if [[ $line =~ ^ok\ +(The\ disk|The\ keys\ are\ in|The\ configuration) ]]; then continue; fi
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
