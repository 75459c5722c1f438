# shellcheck shell=bash
# Every test, in rings: Swift's own, the browser's, faults. Each ring runs against a throwaway cluster and ends with a
# line `N passed, N failed`; a ring without one has failed.

help_test() {
    cat <<'TEXT'
./drystone test [FILTER] [--long]
Installs what tests need and runs them all; the last line is `N passed, N failed` (`, N skipped`). Exit 1 when
anything failed.

  FILTER   runs only the Swift tests whose names match (as `swift test --filter` does)
  --long   adds the runs that take hours and prints their figures: kills by the thousand, fuzzing, timings, scanners,
           ThreadSanitizer; LONG_SECONDS=60 and LONG_KILLS=50 in the environment make a short try of them
TEXT
}

room_test() {
    local filter='' long=
    while (($#)); do
        case $1 in
            --long) long=long; shift ;;
            -h | --help) help_test; return ;;
            -*) wrong_usage "test does not know \"$1\"." ;;
            *)
                [[ -z $filter ]] || wrong_usage "test takes one filter."
                filter=$1
                shift
                ;;
        esac
    done
    enter user install build data cluster
    unset DATABASE_URL
    find_missing
    if [[ -z $filter ]]; then find_missing_for_tests "$long"; fi
    install_packages "${missing[@]}"
    choose_releases
    build_tests
    choose_run_user
    make_scratch
    stop_on_exit
    make_test_cluster
    make_golden
    export TEST_LONG=$long
    umask 022
    passed=0 failed=0 skipped=0
    run_swift_tests "$filter"
    if [[ -z $filter ]]; then
        run_ring Browser
        run_ring Faults
        if [[ -n $long ]]; then run_ring Long; fi
    fi
    show_failures
    printf '%s passed, %s failed%s\n' "$passed" "$failed" "$( ((skipped == 0)) || echo ", $skipped skipped")"
    if ((failed)); then exit 1; fi
}

build_tests() {
    local flags=()
    ensure_swift
    # What is built once and never again is built in half the time by one compiler a module, with nothing for debuggers.
    # By hand no other flags than `swift build` has: either would start over after the other.
    if [[ -n ${CI-} ]]; then
        flags=(-debug-info-format none -Xswiftc -whole-module-optimization -Xswiftc -num-threads -Xswiftc 2)
    fi
    say_ring "Building the tests"
    (cd "$home" && swift build "${flags[@]}" --build-tests) || fail "the tests do not build."
    (cd "$home" && swift build "${flags[@]}" --product drystone-server) || fail "the server does not build."
    built=$(cd "$home" && swift build "${flags[@]}" --show-bin-path)
    build_assets
    build_helpers
}

# A folder for this run that the run user can enter: the server as built, its assets, the cluster.
make_scratch() {
    local item
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/drystone-test.XXXXXX")
    chmod 711 "$scratch"
    mkdir "$scratch/app"
    cp --reflink=auto "$built/drystone-server" "$scratch/app/"
    for item in "$built"/*.resources; do
        if [[ -e $item ]]; then cp -r "$item" "$scratch/app/"; fi
    done
    cp -r "$home/.build/assets" "$scratch/app/assets"
    for item in pdf sheet; do
        if [[ -d $home/.build/$item ]]; then cp -r "$home/.build/$item" "$scratch/app/"; fi
    done
    if [[ -e $home/Helpers ]]; then cp -r "$home/Helpers" "$scratch/app/"; fi
    chmod -R u=rwX,go=rX "$scratch/app"
    server=$scratch/app/drystone-server
    assets=$scratch/app/assets
    path_is_open "$server" || fail "the user $run_user can't enter $REPLY." "Set TMPDIR to a folder that it can."
}

# A cluster that may lose everything, with a migrated database for tests to clone.
make_test_cluster() {
    say_ring "Making a throwaway database"
    cluster_is_throwaway=1
    database=drystone_test
    name_data "$scratch/data"
    claim_data demonstration
    must_lock_data
    find_postgres
    write_config 0 http://127.0.0.1:8080 "$assets"
    start_cluster
    bootstrap_database
    "${run_as[@]}" "$server" migrate --config "$config" || fail "the test database could not be migrated."
    # The fixed cast that request, permission and schema tests share.
    "${run_as[@]}" "$pg_bin/psql" --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --host="$socket" --username=postgres \
        --dbname="$database" <"$home/Tests/AppTestSupport/World.sql" >/dev/null ||
        fail "World.sql could not be loaded."
    # A database can be copied only while nobody is connected to it: one stays idle to be copied, one is worked in.
    "${run_as[@]}" "$pg_bin/psql" --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --host="$socket" --username=postgres \
        --dbname=postgres --command="CREATE DATABASE drystone_work TEMPLATE $database" ||
        fail "the test database could not be copied."
    # Others make clusters of their own with the same words.
    export TEST_DATABASE="host=$socket user=postgres dbname=drystone_work" TEST_TEMPLATE=$database
    export DRYSTONE_SERVER_BINARY=$server DRYSTONE_ASSETS=$assets TEST_SCRATCH=$scratch TEST_POSTGRES=$pg_bin
    export TEST_LAUNCHER=$home/drystone
    TEST_CHROMIUM=$(command -v chromium) || TEST_CHROMIUM=
    export TEST_CHROMIUM
}

# What the official components look like, for the golden tests; and what reads PDF files.
make_golden() {
    local tools=$home/Tests/Tools oracle=$home/.build/oracle hash
    if [[ ! -e $tools/govuk_oracle.py ]]; then return; fi
    hash=$(cat "$tools/govuk_oracle.py" "$tools/requirements-oracle.txt" "$home/Tests/Data/govuk-cases.json" |
        sha256sum)
    if [[ ! -e $oracle.stamp || $(<"$oracle.stamp") != "$hash" ]]; then
        say_ring "Rendering the official components"
        rm -rf "$oracle"
        /usr/bin/python3 -m venv "$oracle"
        local offline=()
        if [[ -n ${DRYSTONE_WHEELS-} ]]; then offline=(--no-index --find-links "$DRYSTONE_WHEELS"); fi
        "$oracle/bin/pip" install --quiet --disable-pip-version-check --require-hashes "${offline[@]}" \
            -r "$tools/requirements-oracle.txt" || fail "the packages of requirements-oracle.txt could not be had."
        "$oracle/bin/python" "$tools/govuk_oracle.py" >"$home/.build/govuk-golden.json"
        printf '%s\n' "$hash" >"$oracle.stamp"
    fi
    export GOVUK_GOLDEN=$home/.build/govuk-golden.json TEST_PDF_READER=$oracle/bin/python
}

say_ring() { printf '== %s, %d min after the start\n' "$1" $((SECONDS / 60)); }

run_swift_tests() {
    local log=$scratch/swift.log words=(test --skip-build --disable-xctest)
    if [[ -n $1 ]]; then words+=(--filter "$1"); fi
    say_ring "Swift"
    export SWIFT_BACKTRACE=enable=yes,interactive=no,color=no
    # A few at a time: were all begun at once, each would wait minutes for its turn and time out.
    export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8
    (cd "$home" && run_into "$log" swift "${words[@]}") || true
    count_swift "$log"
}

# Runs a command, showing and keeping what it says.
run_into() {
    local log=$1 limit=()
    shift
    # A test that hangs is one that failed. In the foreground, so that Ctrl-C still reaches what runs.
    if [[ -z $TEST_LONG ]]; then limit=(timeout --foreground --signal=INT --kill-after=60 45m); fi
    "${limit[@]}" "$@" 2>&1 | tee "$log"
}

# Swift Testing closes with "Test run with N tests in M suites passed|failed after ...", skipped ones among the N.
count_swift() {
    local closing total bad left
    closing=$(grep -aE 'Test run with [0-9]+ tests? .*(passed|failed) after' "$1" | tail -n 1) || true
    if [[ ! $closing =~ Test\ run\ with\ ([0-9]+)\ test ]]; then
        note "The Swift tests ended without a result: they crashed or did not start."
        failed=$((failed + 1))
        return
    fi
    total=${BASH_REMATCH[1]}
    bad=$(grep -acE '^✘ Test .* failed after' "$1") || true
    if [[ $closing == *' failed after '* ]]; then bad=$((bad - 1)); fi
    if [[ $closing == *' failed after '* && $bad == 0 ]]; then bad=1; fi
    left=$(grep -acE '^➜ Test .* skipped' "$1") || true
    if ((total == 0)); then
        note "No Swift test matched."
        failed=$((failed + 1))
        return
    fi
    add_result $((total - bad - left)) "$bad" "$left"
}

# Whatever failed, once more where a reader looks first: just above the last line. A page's text can be long; its
# beginning is enough to know it by.
show_failures() {
    local log
    if ((failed == 0)); then return; fi
    say_ring "What failed"
    for log in "$scratch"/{swift,Browser,Faults,Long}.log; do
        if [[ -e $log ]]; then grep -aE -A 8 '^(✘ |NOT OK|not ok)' "$log" | cut -c 1-400 | head -n 120 || true; fi
    done
}

add_result() {
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
    printf '== %s passed, %s failed, %s skipped\n' "$1" "$2" "$3"
}

# A ring of its own program, Tests/NAME/run, which prints a closing line like ours.
run_ring() {
    local program=$home/Tests/$1/run log=$scratch/$1.log closing
    if [[ ! -x $program ]]; then return; fi
    say_ring "$1"
    (cd "$home" && run_into "$log" "$program" ${TEST_LONG:+--long}) 9<&- || true
    closing=$(grep -aE '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1) || true
    if [[ ! $closing =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)? ]]; then
        note "The ring $1 ended without a result."
        failed=$((failed + 1))
        return
    fi
    add_result "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[4]:-0}"
}
