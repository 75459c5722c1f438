#!/usr/bin/env bash
# The shell's own faults: shellcheck over every script, and no line longer than the rest of the code allows.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}"
. ./lib.sh

cd ../..
scripts=(drystone .ci/run Launcher/*.sh Tests/{Faults,Long}/run Tests/{Faults,Long,Tools}/*.sh)
if command -v shellcheck >/dev/null; then
    check "shellcheck finds nothing" shellcheck -x "${scripts[@]}"
else
    skip "shellcheck" "it is not installed"
fi
long_lines() { awk 'length > 120 { print FILENAME ":" FNR }' "${scripts[@]}" Deploy/*.service; }
check "no line is longer than 120" same "$(long_lines)" ''
long_rooms() { wc -l Launcher/*.sh | awk '$2 != "total" && $1 > 300'; }
check "no room is longer than 300 lines" same "$(long_rooms)" ''
