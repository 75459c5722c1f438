# shellcheck shell=bash
# Commands that are the server's own. With --config of a private partnership the database is there for them.

room_through() {
    local word file='' next='' help='' rest=("$command_name" "$@")
    for word in "$@"; do
        if [[ -n $next ]]; then file=$word next=''; fi
        case $word in
            --config) next=1 ;;
            -h | --help) help=1 ;;
        esac
    done
    if [[ -n $next ]]; then wrong_usage "--config needs a value."; fi
    enter install build
    ensure_built
    if [[ -z $file || -n $help ]]; then exec "$server" "${rest[@]}"; fi
    enter user data cluster serve
    ensure_installed
    choose_run_user
    if ! data_of_config "$file"; then exec "${run_as[@]}" "$server" "${rest[@]}"; fi
    refuse_without_keys
    open_cluster
    "${run_as[@]}" "$server" "${rest[@]}" || exit
}
