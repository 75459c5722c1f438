# shellcheck shell=bash
# Backups: the whole database, encrypted before it touches a disk, with a list of what it holds inside.
#
# The file is an age file. Inside: lines `name: value`, an empty line, the manifest (as many bytes as its line says),
# then a dump in PostgreSQL's custom format up to the end.

help_backup() {
    cat <<'TEXT'
./drystone backup --data DIR --out FILE [--recipient age1...]... [--keys FILE [--keys-recipient age1...]...]
Writes the database into FILE, encrypted for the recipients (default: those in DIR/backup.recipients). Works while
the partnership is being served. FILE may be a directory: then the file is named for the time.

  --keys FILE   writes the server's keys into an encrypted file of their own, for the same recipients or for
                --keys-recipient. Without the keys, protected addresses and drafts in a backup can't be read,
                by a thief or by you: keep both, apart.
A new identity:  age-keygen -o backup-identity.txt   (prints its public key, age1...; keep the file off this machine)
TEXT
}

room_backup() {
    local directory='' out='' keys_out='' given=() keys_given=()
    while (($#)); do
        case $1 in
            --data) need_value "$@"; directory=$2; shift 2 ;;
            --config) need_value "$@"; directory=${2%/*}; shift 2 ;;
            --out) need_value "$@"; out=$2; shift 2 ;;
            --keys) need_value "$@"; keys_out=$2; shift 2 ;;
            --recipient) need_value "$@"; given+=(-r "$2"); shift 2 ;;
            --keys-recipient) need_value "$@"; keys_given+=(-r "$2"); shift 2 ;;
            -h | --help) help_backup; return ;;
            *) wrong_usage "backup does not know \"$1\"." ;;
        esac
    done
    [[ -n $directory ]] || wrong_usage "backup needs --data DIR."
    [[ -n $out ]] || wrong_usage "backup needs --out FILE."
    enter user install build data cluster serve
    ensure_installed
    choose_run_user
    name_data "$directory"
    use_data
    choose_recipients "${given[@]}"
    absolute "$out"
    name_backup "$REPLY" ''
    local file=$REPLY keys_file=
    if [[ -n $keys_out ]]; then
        absolute "$keys_out"
        name_backup "$REPLY" -keys
        keys_file=$REPLY
        [[ $keys_file != "$file" ]] || wrong_usage "--keys and --out must be two files."
    fi
    open_cluster
    writer=()
    write_backup "$file"
    if [[ -n $keys_file ]]; then
        if ((${#keys_given[@]})); then recipients=("${keys_given[@]}"); fi
        write_keys "$keys_file"
    fi
    say_what_to_keep "$file" "$keys_file"
}

recipients=()   # age's words for whom to encrypt
writer=()       # puts a command under the user who writes the file: the reader, or the run user

choose_recipients() {
    recipients=("$@")
    if ((${#recipients[@]})); then return; fi
    if [[ -s $data/backup.recipients ]]; then
        recipients=(-R "$data/backup.recipients")
        return
    fi
    wrong_usage "there is no recipient: give --recipient age1..., or put one into $data/backup.recipients."
}

# A file that does not exist yet, in REPLY; in a directory it is named for the time.
name_backup() {
    REPLY=$1
    if [[ -d $1 ]]; then REPLY=${1%/}/drystone-$(date -u +%Y%m%dT%H%M%SZ)$2.age; fi
    if [[ -e $REPLY ]]; then fail "$REPLY exists already and is not overwritten." "Give another file."; fi
    if [[ ! -d ${REPLY%/*} && ${REPLY%/*} != '' ]]; then fail "there is no directory ${REPLY%/*}."; fi
}

# Dumps and encrypts: write_backup FILE. The manifest is made in the very snapshot that is dumped.
write_backup() {
    local file=$1 snapshot manifest status=0
    open_snapshot
    progress "Backing up."
    if ! { backup_header && printf '%s' "$manifest" && dump_database; } | encrypt_into "$file"; then status=1; fi
    close_snapshot
    if ((status)); then
        fail "the backup was not written." "$(disk_note "${file%/*}")"
    fi
    backed_up=$(awk -F'\t' '$1 == "table" { t++; r += $3 } END { printf "%d tables, %d rows", t, r }' <<<"$manifest")
}

# Opens a transaction whose snapshot others can share; sets `snapshot` and `manifest`.
open_snapshot() {
    local line
    coproc holder { run_psql drystone_backup "$database" -F $'\t' -f - 9<&-; }
    holder_pid=$!
    {
        printf 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\nSELECT pg_export_snapshot();\n'
        cat "$home/Launcher/manifest.sql"
        printf '\\echo end of manifest\n'
    } >&"${holder[1]}" || true
    snapshot='' manifest=''
    IFS= read -r snapshot <&"${holder[0]}" || fail "the database can't be read as drystone_backup." \
        "./drystone doctor --data $data may say why."
    while IFS= read -r line <&"${holder[0]}"; do
        if [[ $line == 'end of manifest' ]]; then return; fi
        manifest+=$line$'\n'
    done
    fail "the database can't be read whole." "./drystone doctor --data $data may say why."
}

close_snapshot() {
    local into=${holder[1]-}
    if [[ -n $into ]]; then exec {into}>&-; fi
    wait "$holder_pid" 2>/dev/null || true
}

backup_header() {
    local url=
    if [[ -r $config ]]; then config_value "$config" public_url; url=$REPLY; fi
    version
    printf 'drystone backup: 1\nkind: %s\nrelease: %s\nmade: %s\npublic_url: %s\nmanifest: %s\n\n' \
        "$kind" "$REPLY" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$url" "$(printf %s "$manifest" | wc -c)"
}

dump_database() {
    (cd / && "${run_as[@]}" "$pg_bin/pg_dump" -h "$socket" -U drystone_backup -d "$database" \
        --format=custom --snapshot="$snapshot" --lock-wait-timeout=60s)
}

# Encrypts standard input into a file: whole or not at all, readable by its owner alone.
encrypt_into() {
    local file=$1
    if age --encrypt "${recipients[@]}" | "${writer[@]}" sh -c '
        umask 077; cat >"$1.partial" && sync "$1.partial" && mv "$1.partial" "$1" && chmod 400 "$1"' sh "$file"; then
        return
    fi
    "${writer[@]}" rm -f "$file.partial" "$file"
    return 1
}

# The keys, in an encrypted file of their own.
write_keys() {
    "${run_as[@]}" test -d "$data/keys" || fail "there are no keys in $data/keys."
    tar -C "$data" -c --owner=0 --group=0 keys | encrypt_into "$1" ||
        fail "the keys were not written." "$(disk_note "${1%/*}")"
}

say_what_to_keep() {
    local keys="not in this backup: add --keys FILE once, and after each ./drystone vault rotate"
    if [[ -n $2 ]]; then keys="$2: not beside the backup"; fi
    printf 'Backed up %s into %s (%s bytes).\n' "$backed_up" "$1" "$(stat -c %s "$1")"
    if [[ -n $2 ]]; then printf 'The keys are in %s.\n' "$2"; fi
    cat <<TEXT
Keep apart:
  the backup      on another machine; it can't be read without the identity
  the identity    the file that age-keygen wrote: off this machine, two copies; without it no backup opens
  the keys        $keys
  the tombstones  $data/tombstones, where anybody was deleted: beside the keys, for every restore
Try a restore now and then: ./drystone restore --from $1 --identity KEYFILE --data NEWDIR
TEXT
}

# A demonstration encrypts for an identity of its own, kept beside its keys: its people are invented.
make_demonstration_identity() {
    "${run_as[@]}" mkdir -p -m 700 "$data/keys"
    "${run_as[@]}" test -e "$data/backup.identity" || age-keygen 2>/dev/null | put_file "$data/backup.identity"
    "${run_as[@]}" age-keygen -y "$data/backup.identity" | put_file "$data/backup.recipients"
}
