# shellcheck shell=bash
# Measuring, on a database of its own that is kept between runs.

help_bench() {
    cat <<'TEXT'
./drystone bench http|db [--size rutland|llr|large] [--data DIR] [ARGUMENT...]
./drystone bench link [--size 10k|100k|1m] [--rounds N] [--alone]
./drystone bench match|protect|capacity [ARGUMENT...]
Prints a table of ratios against the limit or the peer measured in the same run. `http` and `db` use a
demonstration under DIR (default .drystone-bench-SIZE), filled once. `link` runs beside Splink, which is fetched into
an environment of its own. Other arguments are the benchmark's own.
./drystone bench WHAT --config FILE measures an existing private partnership.
TEXT
}

room_bench() {
    local what=${1-} size=llr directory='' file='' start='' rest=()
    case $what in
        http | db) ;;
        match) bench_match "${@:2}"; return ;;
        link) bench_link "${@:2}"; return ;;
        protect | capacity) enter tools; room_tools "$@"; return ;;
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
    find_missing
    if [[ $what == http ]]; then find_missing_for_load; fi
    install_packages "${missing[@]}"
    choose_run_user
    ensure_built
    if [[ -n $file ]]; then
        data_of_config "$file" || exec "${run_as[@]}" "$server" bench "$what" --config "$config" "${rest[@]}"
        open_cluster
    else
        directory=${directory:-$home/.drystone-bench-$size}
        if [[ $what == http ]]; then
            absolute "$directory"
            directory=$REPLY
            time_second_start "$directory" "$size"
            start=$REPLY
        fi
        prepare_bench "$directory" "$size"
    fi
    # pgbench, the peer, stands among PostgreSQL's programs.
    rest=(bench "$what" --config "$config" --size "$size" ${start:+--second-start "$start"} "${rest[@]}")
    run_long "${run_as[@]}" env "PATH=$pg_bin:$PATH" "$server" "${rest[@]}" || exit
}

# Invented homes and households: no database.
bench_match() {
    enter user install build
    find_missing
    install_packages "${missing[@]}"
    choose_run_user
    ensure_built
    exec "${run_as[@]}" "$server" bench match "$@"
}

# Invented records, and Splink beside us: both in .build.
bench_link() {
    local from=$home/Tests/Tools/linkage
    [[ -e $from/measure.py ]] || fail "bench link needs the sources, and this is an installed release."
    if [[ " $* " == *" --help "* || " $* " == *" -h "* ]]; then exec /usr/bin/python3 -B "$from/measure.py" --help; fi
    enter install build
    ensure_installed
    ensure_built
    make_peer "$from"
    exec "$peer" -B "$from/measure.py" "${server%/*}/drystone-tools" "$home/.build/bench-link" "$@"
}

# A Python with Splink and the lists of names, in `peer`; made again when what it holds has changed.
make_peer() {
    local into=$home/.build/peer hash wheels=()
    peer=$into/bin/python
    checksum_of "Tests/Tools/linkage/requirements.txt"
    hash=$REPLY
    if [[ -x $peer && -e $into.stamp && $(<"$into.stamp") == "$hash" ]]; then return; fi
    progress "Fetching Splink."
    rm -rf "$into" "$into.stamp"
    if [[ -n ${DRYSTONE_WHEELS-} ]]; then wheels=(--no-index --find-links "$DRYSTONE_WHEELS"); fi
    make_python
    if ! { /usr/bin/python3 -m venv --without-pip "$into" >&2 &&
        "$python" -m pip --quiet --disable-pip-version-check --python "$peer" install --no-deps --require-hashes \
            --only-binary :all: "${wheels[@]}" --requirement "$1/requirements.txt"; } \
            >"$home/.build/drystone-peer.log" 2>&1; then
        tail -n 15 "$home/.build/drystone-peer.log" >&2
        fail "what bench link compares with could not be fetched." \
            "It comes from the Python package index. Without it, put the packages that" \
            "Tests/Tools/linkage/requirements.txt names into a folder and set DRYSTONE_WHEELS to it."
    fi
    printf '%s\n' "$hash" >"$into.stamp"
}

# Seconds from starting the demonstration on a filled directory until its ready line, in REPLY. Started as somebody
# would start it, by a launcher of its own; once before when the directory is new, to fill it.
time_second_start() {
    if [[ ! -e $1/pg/PG_VERSION ]]; then time_start "$1" "$2"; fi
    time_start "$1" "$2"
}

time_start() {
    local began=$EPOCHREALTIME ended='' line launcher
    coproc demonstration { exec "$home/drystone" demo --data "$1" --size "$2" --port 0 2>&1; }
    # shellcheck disable=SC2154
    launcher=$demonstration_PID
    while IFS= read -r line <&"${demonstration[0]}"; do
        if [[ $line == "ready "* ]]; then
            ended=$EPOCHREALTIME
            break
        fi
    done
    kill -TERM "$launcher" 2>/dev/null || true
    wait "$launcher" 2>/dev/null || true
    [[ -n $ended ]] || fail "the demonstration did not start." "./drystone demo --data $1 says why."
    REPLY=$(((${ended/./} - ${began/./}) / 10000))
    printf -v REPLY '%d.%02d' $((REPLY / 100)) $((REPLY % 100))
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
