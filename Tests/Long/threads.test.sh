#!/usr/bin/env bash
# ThreadSanitizer over the tests of the Postgres target, in a build folder of its own (some minutes on two cores).
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}"
. ../Faults/lib.sh

cd ../..
if [[ -z ${TEST_DATABASE-} ]]; then
    skip "ThreadSanitizer" "./drystone test --long gives it a database"
    exit
fi
log=$scratch/threads.log
run=(swift test --sanitize=thread --scratch-path .build/threads --disable-xctest --filter PostgresTests)
sanitized() { TSAN_OPTIONS="halt_on_error=0 exitcode=66" "${run[@]}" >"$log" 2>&1 || { tail -n 15 "$log"; return 1; }; }
check "the tests of the Postgres target pass under ThreadSanitizer" sanitized
check "they ran" grep -qE 'Test run with [1-9][0-9]* tests? .*passed after' "$log"
check "it saw no race" same "$(grep -c 'WARNING: ThreadSanitizer' "$log" || true)" 0
