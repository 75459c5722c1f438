# shellcheck shell=bash
# Whoever was deleted stays deleted after a restore. The lines that say who stand outside every backup
# (DATA/tombstones); a restored directory is not served before they have been applied again.

# Copies them into the restored directory: those of the given directory, else of those beside the backup and beside the
# new directory. take_tombstones GIVEN BACKUP
take_tombstones() {
    local given=$1 from=$2 place file number=0 places=()
    if [[ -n $given ]]; then
        places=("$given")
    else
        places=("${from%/*}/tombstones" "${data%/*}/tombstones" "${data%/*}"/*/tombstones)
    fi
    for place in "${places[@]}"; do
        if [[ $place -ef $data/tombstones ]]; then continue; fi
        for file in "$place"/*.jsonl; do
            if [[ ! -r $file ]]; then continue; fi
            "${run_as[@]}" mkdir -p -m 700 "$data/tombstones"
            number=$((number + 1))
            put_file "$data/tombstones/restored-$number.jsonl" <"$file"
        done
    done
    if ((number)); then
        : | put_file "$data/tombstones.waiting"
    else
        note "No tombstones were found. If anybody was deleted after this backup was made, restore it again with" \
            "--tombstones DIR: until then they are on record again."
    fi
}

# Applies what waits, on a database of this release that runs.
apply_tombstones() {
    if [[ ! -e $data/tombstones.waiting ]]; then return; fi
    "${run_as[@]}" "$server" retention reapply --config "$config" ||
        fail "the tombstones could not be applied, so $data is not served." \
            "Then: ./drystone retention reapply --config $config"
    tombstones_are_applied
}

tombstones_are_applied() { "${run_as[@]}" rm -f "$data/tombstones.waiting"; }

refuse_before_tombstones() {
    if [[ ! -e $data/tombstones.waiting ]]; then return; fi
    fail "$data was restored, and whoever had been deleted since is on record again." \
        "Type: ./drystone migrate --config $config"
}
