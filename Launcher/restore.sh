# shellcheck shell=bash
# Restores: a new data directory from a backup, then a comparison of what came out with what went in.

help_restore() {
    cat <<'TEXT'
./drystone restore --from FILE --identity KEYFILE --data NEWDIR [--keys FILE] [--tombstones DIR]
Makes a new data directory from a backup, counts and hashes every table, and says whether they equal what was backed
up. Never overwrites anything: NEWDIR must be new or empty.

./drystone restore --keys FILE --identity KEYFILE --data DIR
Puts the keys into a directory that was restored without them.

  --identity KEYFILE        the file that age-keygen wrote
  --keys-identity KEYFILE   when the keys were encrypted for another identity
  --tombstones DIR          who was deleted after the backup was made, and is deleted again before anything is served
                            (default: the directories named tombstones beside the backup and beside NEWDIR)
TEXT
}

room_restore() {
    local from='' identity='' directory='' keys_from='' keys_identity='' tombstones=
    while (($#)); do
        case $1 in
            --from) need_value "$@"; from=$2; shift 2 ;;
            --identity) need_value "$@"; identity=$2; shift 2 ;;
            --data) need_value "$@"; directory=$2; shift 2 ;;
            --keys) need_value "$@"; keys_from=$2; shift 2 ;;
            --keys-identity) need_value "$@"; keys_identity=$2; shift 2 ;;
            --tombstones) need_value "$@"; tombstones=$2; shift 2 ;;
            -h | --help) help_restore; return ;;
            *) wrong_usage "restore does not know \"$1\"." ;;
        esac
    done
    [[ -n $directory ]] || wrong_usage "restore needs --data NEWDIR."
    [[ -n $from$keys_from ]] || wrong_usage "restore needs --from FILE."
    [[ -n $identity ]] || wrong_usage "restore needs --identity KEYFILE."
    local file
    for file in "$from" "$identity" "$keys_from" "$keys_identity"; do
        if [[ -n $file && ! -r $file ]]; then
            note "drystone: $file can't be read."
            exit 2
        fi
    done
    if [[ -n $tombstones && ! -d $tombstones ]]; then
        note "drystone: there is no directory $tombstones."
        exit 2
    fi
    enter user install build data cluster serve backup tombstones
    ensure_installed
    choose_run_user
    name_data "$directory"
    if [[ -z $from ]]; then
        use_data
        must_lock_data
    else
        ensure_built
        restore_database "$from" "$identity"
    fi
    if [[ -n $keys_from ]]; then restore_keys "$keys_from" "${keys_identity:-$identity}"; fi
    if [[ -n $from ]]; then compare_restored "$tombstones" "$from"; fi
}

# Opens the backup, makes the directory and fills it.
restore_database() {
    local from=$1 identity=$2 opener name value status=0
    exec 7< <(age --decrypt -i "$identity" "$from")
    opener=$!
    read_header "$opener" "$from"
    must_be_new
    # Until everything has been compared the directory is of no kind that a command would serve.
    kind=incomplete
    make_data
    kind=${header[kind]:-real}
    must_lock_data
    stop_on_exit
    manifest_file=$data/run/manifest
    head -c "${header[manifest]}" <&7 | put_file "$manifest_file"
    : | put_file "$data/keys.missing"
    find_postgres
    write_config 8080 "${header[public_url]:-http://127.0.0.1:8080}" "$(assets_of_service)"
    start_cluster
    bootstrap_database
    run_psql postgres postgres -c "DROP DATABASE IF EXISTS $database" 2>/dev/null
    progress "Restoring."
    (cd / && "${run_as[@]}" "$pg_bin/pg_restore" -h "$socket" -U postgres -d postgres --create --exit-on-error) \
        <&7 || status=1
    # What is left unread would hide a damaged end from age, which proves every byte.
    cat <&7 >/dev/null
    exec 7<&-
    if ! wait "$opener"; then
        give_up_restore "$from is damaged or cut short: it does not decrypt to its end."
    fi
    if ((status)); then give_up_restore "the database could not be restored."; fi
    # A dump brings no statistics; without them every page would be planned blindly.
    run_psql postgres "$database" -c ANALYZE
}

# What this command made, it removes again.
give_up_restore() {
    local why
    why=$(disk_note "$data")
    stop_cluster
    "${run_as[@]}" find "$data" -mindepth 1 -delete 2>/dev/null || true
    fail "$1" "Nothing was restored; $data is empty again." "$why"
}

# The lines before the manifest, into `header`.
declare -gA header
read_header() {
    local line
    while IFS= read -r line <&7 && [[ -n $line ]]; do header[${line%%: *}]=${line#*: }; done
    if [[ ${header[drystone backup]-} != 1 || ! ${header[manifest]-} =~ ^[0-9]+$ ]]; then
        wait "$1" || fail "$2 could not be opened with this identity." "Is it the one that the backup was made for?"
        fail "$2 is not a backup that this release can read."
    fi
}

must_be_new() {
    if [[ -e $data ]] && { [[ ! -d $data ]] || [[ -n $(ls -A "$data") ]]; }; then
        fail "$data exists and is not empty; nothing is ever overwritten." "Give --data a new directory."
    fi
}

# A real partnership uses the assets of whatever release is current; a demonstration those of its own.
assets_of_service() {
    if [[ $kind == real && -n $releases && -z ${DRYSTONE_SERVER_BINARY-} ]]; then
        printf %s "$releases/current/assets"
    else
        printf %s "$assets"
    fi
}

restore_keys() {
    if "${run_as[@]}" test -e "$data/keys"; then fail "$data/keys exists already and is not overwritten."; fi
    "${run_as[@]}" rm -rf "$data/keys.new"
    "${run_as[@]}" mkdir -m 700 "$data/keys.new"
    age --decrypt -i "$2" "$1" | "${run_as[@]}" tar -C "$data/keys.new" -x --strip-components=1 --no-same-owner ||
        fail "the keys in $1 could not be read." "Is this the identity that they were encrypted for (--keys-identity)?"
    "${run_as[@]}" chmod -R u=rwX,go= "$data/keys.new"
    "${run_as[@]}" mv "$data/keys.new" "$data/keys"
    "${run_as[@]}" rm -f "$data/keys.missing"
    printf 'The keys are in place.\n'
}

# Makes the manifest of what was restored and compares it with the backup's: compare_restored TOMBSTONES BACKUP. What
# was deleted since is then deleted again, here or, in a database of an older release, once that is migrated.
compare_restored() {
    local found differences
    found=$(run_psql drystone_backup "$database" -F $'\t' -f "$(manifest_statements)") ||
        give_up_restore "the restored database can't be read as drystone_backup."
    differences=$(differences_of "$("${run_as[@]}" cat "$manifest_file")" "$found")
    if [[ -n $differences ]]; then
        printf 'unequal: what was restored differs from what was backed up (name, backed up, restored):\n'
        printf '%s\n' "$differences"
        exit 1
    fi
    awk -F'\t' '$1 == "table" { t++; r += $3 } $2 == "policies" { p = $3 } END {
        printf "equal: %d tables, %d rows, %d policies are as they were backed up, in ", t, r, p }' <<<"$found"
    printf '%s\n' "$data"
    take_tombstones "$1" "$2"
    write_marker
    if [[ $("${run_as[@]}" "$server" migrate --config "$config" --pending) == 0 ]]; then apply_tombstones; fi
    if [[ -e $data/keys.missing ]]; then
        printf 'The keys are still missing: ./drystone restore --keys FILE --identity KEYFILE --data %s\n' "$data"
    fi
    case $kind in
        demonstration) printf 'Serve it: ./drystone demo --data %s\n' "$data" ;;
        *) printf 'Look at %s, then: ./drystone migrate --config %s; ./drystone serve --config %s\n' \
            "$config" "$config" "$config" ;;
    esac
}

# The run user may be unable to read the checkout, so it gets a copy.
manifest_statements() {
    put_file "$data/run/manifest.sql" <"$home/Launcher/manifest.sql"
    printf %s "$data/run/manifest.sql"
}

# Lines that differ. A sequence may have moved on between the list and the dump, never back.
differences_of() {
    awk -F'\t' '
        NR == FNR { if ($1 != "") { count[$1 "\t" $2] = $3; hash[$1 "\t" $2] = $4 } next }
        $1 == "" { next }
        {
            id = $1 "\t" $2
            if (!(id in count)) print "  " $2 "\tnothing\t" $3
            else if ($1 == "sequence" ? $3 + 0 < count[id] + 0 : $3 != count[id] || $4 != hash[id])
                print "  " $2 "\t" count[id] " (" hash[id] ")\t" $3 " (" $4 ")"
            seen[id] = 1
        }
        END {
            for (id in count)
                if (!(id in seen)) { split(id, part, "\t"); print "  " part[2] "\t" count[id] "\tnothing" }
        }
    ' <(printf '%s\n' "$1") <(printf '%s\n' "$2")
}
