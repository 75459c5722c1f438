# shellcheck shell=bash
# Commands that are the server's own. With --config of a private partnership the database is there for them.

room_through() {
    local file='' out='' help='' rest=("$command_name")
    while (($#)); do
        case $1 in
            --config) need_value "$@"; file=$2; shift ;;
            --out) need_value "$@"; out=$2; shift ;;
            -h | --help) help=1; rest+=("$1") ;;
            *) rest+=("$1") ;;
        esac
        shift
    done
    enter install build
    ensure_built
    if [[ -z $file || -n $help ]]; then exec "$server" "${rest[@]}" ${out:+--out "$out"}; fi
    enter user data cluster serve
    ensure_installed
    choose_run_user
    if ! data_of_config "$file"; then
        exec "${run_as[@]}" "$server" "${rest[@]}" --config "$config" ${out:+--out "$out"}
    fi
    refuse_without_keys
    open_cluster
    if [[ -n $out ]]; then
        run_with_out "$out" "${rest[@]}" --config "$config"
    else
        "${run_as[@]}" "$server" "${rest[@]}" --config "$config" || exit
        if [[ ${rest[*]:0:2} == "retention reapply" ]]; then
            enter tombstones
            tombstones_are_applied
        fi
    fi
}

# The reader wants the file where the run user may be unable to write: it is made in the data directory and handed over.
run_with_out() {
    local out asked=$1 made=$data/run/out.$$ said status=0
    absolute "$1"
    out=$REPLY
    shift
    if [[ -e $out ]]; then fail "$out exists already and is not overwritten." "Give another file."; fi
    said=$("${run_as[@]}" "$server" "$@" --out "$made") || status=$?
    if [[ -n $said ]]; then printf '%s\n' "${said//"$made"/"$asked"}"; fi
    if [[ -e $made ]]; then
        cp "$made" "$out" || { status=$?; note "$(disk_note "${out%/*}")"; }
        rm -f "$made"
    fi
    if ((status)); then exit "$status"; fi
}
