# shellcheck shell=bash
# Bringing a database to this release, never without a backup.

help_migrate() {
    cat <<'TEXT'
./drystone migrate --config FILE [--without-backup] [--pending] [--bootstrap-sql]
Brings the database to this release. On a private database it first writes an encrypted backup into its data
directory (backups/), for the recipients in backup.recipients, when there is anything to do.

  --pending         prints how many migrations are waiting, and changes nothing
  --bootstrap-sql   prints what a database administrator runs once on a managed cluster
  --without-backup  you have a backup already
TEXT
}

room_migrate() {
    local file='' without='' only=
    while (($#)); do
        case $1 in
            --config) need_value "$@"; file=$2; shift 2 ;;
            --without-backup) without=1; shift ;;
            --pending | --bootstrap-sql) only=$1; shift ;;
            -h | --help) help_migrate; return ;;
            *) wrong_usage "migrate does not know \"$1\"." ;;
        esac
    done
    if [[ $only == --bootstrap-sql ]]; then
        enter install build
        ensure_built
        exec "$server" migrate --bootstrap-sql
    fi
    [[ -n $file ]] || wrong_usage "migrate needs --config FILE."
    enter user install build data cluster serve
    ensure_installed
    ensure_built
    choose_run_user
    if ! data_of_config "$file"; then
        if [[ -n $only ]]; then exec "${run_as[@]}" "$server" migrate --config "$config" "$only"; fi
        "${run_as[@]}" "$server" migrate --config "$config" || exit
        make_current
        return
    fi
    if [[ $only == --pending ]]; then
        open_cluster
        "${run_as[@]}" "$server" migrate --config "$config" --pending || exit
        return
    fi
    must_lock_data
    stop_on_exit
    refuse_without_keys
    start_cluster
    bootstrap_database
    migrate_after_backup "$without"
    make_current
}

# Migrates; backs up first when there is something in the database and something to do.
migrate_after_backup() {
    local pending
    enter tombstones
    pending=$("${run_as[@]}" "$server" migrate --config "$config" --pending) ||
        fail "the server could not look at the database." "./drystone doctor --data $data says more."
    if [[ $pending == 0 ]]; then apply_tombstones; return; fi
    if [[ -z ${1-} ]] && database_has_tables; then backup_before_migration; fi
    progress "Migrating ($pending)."
    # Which ones is news to whoever typed `migrate`, and to nobody else.
    local told=/dev/null
    if [[ $command_name == migrate ]]; then told=/dev/stderr; fi
    run_long "${run_as[@]}" "$server" migrate --config "$config" >"$told" ||
        fail "the migration failed and changed nothing that was acknowledged." "$(disk_note "$data")" \
            "The backup made before it is in $data/backups."
    apply_tombstones
}

database_has_tables() {
    [[ $(run_psql postgres "$database" -c "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n
        ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname !~ '^pg_|^information_schema$')") == t ]]
}

backup_before_migration() {
    enter backup
    if [[ ! -s $data/backup.recipients ]]; then
        if [[ $kind != demonstration ]]; then
            fail "there is nobody to encrypt the backup for, and migrating without one is not done unasked." \
                "Write the public key of your backup identity (age1...) into $data/backup.recipients," \
                "or add --without-backup if you have a backup already."
        fi
        make_demonstration_identity
    fi
    "${run_as[@]}" mkdir -p -m 700 "$data/backups"
    local file
    file=$data/backups/before-migration-$(date -u +%Y%m%dT%H%M%SZ).age
    recipients=(-R "$data/backup.recipients")
    writer=("${run_as[@]}")
    write_backup "$file"
    note "Backed up first: $file"
}
