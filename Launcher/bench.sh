# shellcheck shell=bash
# Measuring, on a database of its own that is kept between runs.

help_bench() {
    cat <<'TEXT'
./drystone bench http|db|match [--size rutland|llr|large] [--data DIR] [ARGUMENT...]
./drystone bench link|protect|capacity [ARGUMENT...]
Prints a table of ratios against the limit or the peer measured in the same run. `http`, `db` and `match` use a
demonstration under DIR (default .drystone-bench-SIZE), filled once. Other arguments are the benchmark's own.
./drystone bench WHAT --config FILE measures an existing private partnership.
TEXT
}

room_bench() {
    local what=${1-} size=llr directory='' file='' rest=()
    case $what in
        http | db | match) ;;
        link | protect | capacity) enter tools; room_tools "$@"; return ;;
        -h | --help) help_bench; return ;;
        *) wrong_usage "bench needs one of http, db, match, link, protect, capacity." ;;
    esac
    shift
    while (($#)); do
        case $1 in
            --size) need_value "$@"; size=$2; shift 2 ;;
            --data) need_value "$@"; directory=$2; shift 2 ;;
            --config) need_value "$@"; file=$2; shift 2 ;;
            -h | --help) help_bench; return ;;
            *) rest+=("$1"); shift ;;
        esac
    done
    enter user install build data cluster serve migrate demo
    ensure_installed
    choose_run_user
    ensure_built
    if [[ -n $file ]]; then
        data_of_config "$file" || exec "${run_as[@]}" "$server" bench "$what" --config "$config" "${rest[@]}"
        open_cluster
    else
        prepare_bench "${directory:-$home/.drystone-bench-$size}" "$size"
    fi
    # pgbench, the peer, stands among PostgreSQL's programs.
    rest=(bench "$what" --config "$config" --size "$size" "${rest[@]}")
    run_long "${run_as[@]}" env "PATH=$pg_bin:$PATH" "$server" "${rest[@]}" || exit
}

prepare_bench() {
    check_server_is_open
    name_data "$1"
    claim_data demonstration
    must_lock_data
    stop_on_exit
    choose_size "$2"
    free_port
    write_config "$REPLY" "http://127.0.0.1:$REPLY" "$assets"
    start_cluster
    bootstrap_database
    migrate_after_backup
    seed_demonstration >/dev/null
}
