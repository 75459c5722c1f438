# shellcheck shell=bash
# The private PostgreSQL cluster of a data directory: made, started, stopped. A Unix socket and nothing else;
# the operating system says who is asking (peer), so there is no password to lose.

enter ending

database=drystone     # the database's name
pg_bin=               # PostgreSQL's programs
socket=               # the directory of the socket
cluster_is_throwaway= # set for tests only: may lose everything, lets root in
cluster_settings=     # further settings, a line each
database_roles=(postgres drystone_migrator drystone_app drystone_auth drystone_auditor drystone_backup)

# Finds PostgreSQL's programs: those that made the cluster, or the newest.
find_postgres() {
    local made_by='' place
    if [[ -n $data ]]; then made_by=$("${run_as[@]}" cat "$data/pg/PG_VERSION" 2>/dev/null) || true; fi
    if [[ -n $made_by ]]; then
        pg_bin=/usr/lib/postgresql/$made_by/bin
        if [[ -x $pg_bin/postgres ]]; then return; fi
        fail "the database in $data was made by PostgreSQL $made_by, which is not installed." \
            "Install postgresql-$made_by; or restore a backup into a new directory, which any newer PostgreSQL can do."
    fi
    pg_bin=
    for place in /usr/lib/postgresql/*/bin; do
        if [[ -x $place/initdb ]] && is_newer "$place" "$pg_bin"; then pg_bin=$place; fi
    done
    [[ -n $pg_bin ]] || fail "PostgreSQL is not installed." "Type: sudo apt-get install postgresql postgresql-contrib"
    is_newer "$pg_bin" /usr/lib/postgresql/14/bin || fail "PostgreSQL 15 or newer is needed; found $pg_bin."
}

is_newer() {
    local a=${1%/bin} b=${2%/bin}
    a=${a##*/} b=${b##*/}
    [[ -z $b ]] || ((${a%%.*} > ${b%%.*}))
}

# A Unix socket's path has at most 107 bytes, and libpq reads a comma or a space in it as a separator.
socket_place() {
    local LC_ALL=C path=$data/s/.s.PGSQL.5432 uid hash
    socket=$data/s
    if ((${#path} <= 107)) && [[ $data != *[!A-Za-z0-9._/-]* ]]; then return; fi
    uid=$(id -u "$run_user")
    hash=$(printf %s "$data" | sha256sum)
    if [[ -d /run/user/$uid && -O /run/user/$uid ]]; then
        socket=/run/user/$uid/drystone-${hash:0:12}
    else
        socket=/tmp/drystone-$uid-${hash:0:12}
    fi
}

# Makes the socket's directory: the run user's own, closed to everyone else.
make_socket_place() {
    socket_place
    "${run_as[@]}" mkdir -m 700 "$socket" 2>/dev/null || true
    if [[ -L $socket || $(stat -c '%U %a' "$socket" 2>/dev/null) != "$run_user 700" ]]; then
        fail "$socket should be a directory of $run_user alone (mode 700), and is not." "Remove it and start again."
    fi
}

# Makes the cluster when there is none; a half-made one from an interrupted start is made anew.
make_cluster() {
    if "${run_as[@]}" test -e "$data/pg/PG_VERSION"; then return; fi
    progress "Making the database cluster."
    "${run_as[@]}" rm -rf "$data/pg.new"
    if ! (cd "$data" && "${run_as[@]}" "$pg_bin/initdb" --data-checksums --auth=peer --encoding=UTF8 --locale=C.UTF-8 \
        --username=postgres --pgdata="$data/pg.new" 2>&1) | put_file "$data/log/initdb.log"; then
        tail -n 5 "$data/log/initdb.log" >&2 || true
        fail "the database cluster could not be made." "$(disk_note "$data")"
    fi
    printf "\ninclude 'drystone.conf'\ninclude_if_exists 'local.conf'\n" |
        "${run_as[@]}" tee -a "$data/pg.new/postgresql.conf" >/dev/null
    "${run_as[@]}" mv "$data/pg.new" "$data/pg"
}

# The settings, written at every start so that a new release brings its own. A site's own go to pg/local.conf.
write_cluster_settings() {
    local quoted=${data//\'/\'\'}
    {
        cat <<SETTINGS
# Written by Drystone at every start. Put settings of your own into local.conf beside this file.
listen_addresses = ''
unix_socket_directories = '$socket'
unix_socket_permissions = 0700
port = 5432
max_connections = 60
password_encryption = 'scram-sha-256'
shared_buffers = 256MB
effective_cache_size = 2GB
work_mem = 8MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
jit = off
# A worker reads every table's policies anew before it begins, which takes longer than what it would help with.
max_parallel_workers_per_gather = 0
fsync = on
full_page_writes = on
synchronous_commit = on
# Commits of one moment share a write to disk: looks at records are in the log before they are shown.
commit_delay = 300
commit_siblings = 2
wal_level = replica
wal_compression = on
min_wal_size = 128MB
max_wal_size = 1GB
checkpoint_timeout = 10min
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'

# Logs: what happened to the database, never what was in a statement. An error's first line can quote a value
# ("invalid input syntax for type date: ..."), so errors of statements go to the server, which logs their code.
logging_collector = on
log_destination = 'stderr'
log_directory = '$quoted/log'
log_filename = 'postgres.%a.log'
log_file_mode = 0600
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_line_prefix = '%m [%p] '
log_min_messages = log
log_error_verbosity = terse
log_min_error_statement = panic
log_statement = none
log_min_duration_statement = -1
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_connections = off
log_disconnections = off
log_checkpoints = off
log_autovacuum_min_duration = -1
SETTINGS
        if [[ -n $cluster_is_throwaway ]]; then
            # Nobody misses it: what is written ahead for a crash or a standby costs more than it is worth.
            printf 'fsync = off\nfull_page_writes = off\nsynchronous_commit = off\nmax_connections = 400\n'
            printf 'wal_level = minimal\nmax_wal_senders = 0\nwal_compression = off\nmax_wal_size = 4GB\n'
        fi
        printf '%s' "$cluster_settings"
    } | put_file "$data/pg/drystone.conf"
    printf 'local all all peer map=drystone\n' | put_file "$data/pg/pg_hba.conf"
    local role who users=("$run_user")
    if [[ -n $cluster_is_throwaway && $run_user != root ]] && ((EUID == 0)); then users+=(root); fi
    for who in "${users[@]}"; do
        for role in "${database_roles[@]}"; do printf 'drystone "%s" %s\n' "$who" "$role"; done
    done | put_file "$data/pg/pg_ident.conf"
}

# pg_ctl on this cluster.
pg_ctl() { (cd / && "${run_as[@]}" "$pg_bin/pg_ctl" --pgdata="$data/pg" "$@" 9<&-); }

cluster_is_running() { pg_ctl status >/dev/null 2>&1; }

# Starts the cluster, or takes over one that a killed launcher left running.
start_cluster() {
    find_postgres
    make_socket_place
    make_cluster
    if cluster_is_running; then
        if cluster_answers; then return; fi
        pg_ctl stop --mode=fast -w -t 60 >/dev/null 2>&1 || pg_ctl stop --mode=immediate -w >/dev/null 2>&1 || true
    fi
    write_cluster_settings || fail "$data can't be written." "$(disk_note "$data")"
    trim_log "$data/log/postgres.log"
    local try
    # Processes of a killed cluster may need a moment to notice and go.
    for try in 1 2 3 4 5; do
        if pg_ctl start -w -t 300 --log="$data/log/postgres.log" >/dev/null 2>&1; then return; fi
        if ! tail -n 5 "$data/log/postgres.log" 2>/dev/null | grep -q 'still in use'; then break; fi
        sleep "$try"
    done
    explain_cluster
}

cluster_answers() {
    [[ $("${run_as[@]}" "$pg_bin/psql" -XAtq -h "$socket" -U postgres -d postgres -c 'SELECT 1' 2>/dev/null) == 1 ]]
}

# Why the cluster did not start, in plain words.
explain_cluster() {
    local lines why
    lines=$("${run_as[@]}" sh -c 'tail -qn 15 "$(ls -t "$0"/postgres*.log | head -n 1)" "$0/postgres.log"' \
        "$data/log" 2>/dev/null) || true
    case $lines in
        *'No space left'*) why="The disk is full: free some space and start again; nothing acknowledged is lost." ;;
        *'still in use'* | *'lock file'*'already exists'*) why="Another PostgreSQL is still using $data/pg." ;;
        *'ermission denied'*) why="Its files must belong to $run_user: chown -R $run_user $data" ;;
        *'shared memory'*) why="There is too little memory for it (it asks for 256 MB)." ;;
        *'invalid primary checkpoint'* | *'could not locate a valid checkpoint'*)
            why="Its files are damaged. Restore the latest backup into a new directory." ;;
        *) why="$(disk_note "$data")" ;;
    esac
    if [[ -n $lines ]]; then printf '%s\n' "$lines" | grep -E 'FATAL|PANIC|ERROR|HINT' | tail -n 5 >&2 || true; fi
    fail "the database did not start." "$why" "Its logs are in $data/log."
}

stop_cluster() {
    pg_ctl stop --mode=fast -w -t 60 >/dev/null 2>&1 || ! cluster_is_running ||
        pg_ctl stop --mode=immediate -w -t 60 >/dev/null 2>&1 || true
}

# psql without the reader's own settings: run_psql ROLE DATABASE ARGUMENT...
run_psql() {
    local role=$1 name=$2
    shift 2
    (cd / && "${run_as[@]}" "$pg_bin/psql" -XAtq -v ON_ERROR_STOP=1 -h "$socket" -U "$role" -d "$name" "$@")
}

# Roles, database and extensions: what only a superuser can make. Repeated when a release brings other statements.
bootstrap_database() {
    local statements hash
    statements=$("${run_as[@]}" "$server" migrate --bootstrap-sql) ||
        fail "the server printed no bootstrap statements."
    hash=$(printf %s "$statements" | sha256sum)
    if [[ $("${run_as[@]}" cat "$data/run/bootstrap" 2>/dev/null) == "$hash" ]]; then return; fi
    progress "Making roles and database."
    { make_database && printf '%s\n' "$statements" | run_psql postgres "$database" -f - >/dev/null; } ||
        fail "the roles and the database could not be made." "$(disk_note "$data")"
    printf '%s\n' "$hash" | put_file "$data/run/bootstrap"
}

# Makes the database when there is none.
make_database() {
    local there
    there=$(run_psql postgres postgres -c "SELECT count(*) FROM pg_database WHERE datname = '$database'") || return 1
    if [[ $there == 0 ]]; then run_psql postgres postgres -c "CREATE DATABASE $database TEMPLATE template0"; fi
}

# Puts a log aside when it grew too long.
trim_log() {
    # shellcheck disable=SC2016
    "${run_as[@]}" sh -c '[ ! -f "$1" ] || [ "$(stat -c %s "$1")" -lt 5000000 ] || mv -f "$1" "$1.1"' sh "$1"
}

# Opens the cluster for one command: starts it when nobody has, and then the command also stops it.
open_cluster() {
    find_postgres
    socket_place
    if lock_data; then
        stop_on_exit
        start_cluster
    elif ! cluster_is_running; then
        fail "another drystone is starting or stopping $data." "Try again in a moment."
    fi
}
