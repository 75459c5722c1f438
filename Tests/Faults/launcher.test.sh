#!/usr/bin/env bash
# The launcher under bad treatment: wrong words, foreign directories, taken ports, and kill -9 of everything.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}"
. ./lib.sh

data=$scratch/demo
port=$(free_port)
# Under nohup the signals that it is ended with would be ignored, and a test of them would wait for ever.
demo=(env "--default-signal=HUP,INT,QUIT" "$drystone" demo --data "$data" --port "$port" --size rutland)

help_everywhere() {
    local command
    for command in demo setup serve migrate backup restore doctor test bench; do
        "$drystone" "$command" --help | grep -q "drystone $command" || { echo "$command"; return 1; }
    done
}
check "every command explains itself" help_everywhere
refuses "a command that does not exist is refused" 2 'no command "juggle"' "$drystone" juggle
refuses "an option that does not exist is refused" 2 'does not know' "$drystone" demo --prot 8080
refuses "an option without its value is refused" 2 'needs a value' "$drystone" demo --data
refuses "a port that is none is refused" 2 '0 to 65535' "$drystone" demo --port 99999
refuses "a configuration that does not exist is refused" 2 'there is no' "$drystone" serve --config "$scratch/none.conf"

# Foreign directories stay as they are.
mkdir "$scratch/foreign"
echo precious >"$scratch/foreign/file"
refuses "a directory of someone else is refused" 1 'not made by Drystone' "$drystone" demo --data "$scratch/foreign"
refuses "--reset too refuses it" 1 'not made by Drystone' "$drystone" demo --data "$scratch/foreign" --reset
check "and it is as it was" same "$(ls -A "$scratch/foreign") $(cat "$scratch/foreign/file")" "file precious"
if ((EUID == 0)); then
    mkdir -m 700 "$scratch/closed"
    refuses "a directory that the run user can't enter is refused" 1 "can't enter" \
        "$drystone" demo --data "$scratch/closed/data"
else
    skip "a directory that the run user can't enter is refused" "needs root"
fi

# The first start.
starts "the demonstration starts" first "${demo[@]}"
check "it says ready once, with its address" same "$(grep '^ready' "$scratch/first.out")" "ready http://127.0.0.1:$port"
sign_ins() { (($(grep -vc '^ready' "$scratch/first.out") > 1)); }
check "it prints sign-ins" sign_ins
check "the server answers" answers "$port"
setting() { sql "$data" postgres "SHOW $1" postgres; }
check "the database has no TCP port" same "$(setting listen_addresses)" ''
check "its pages have checksums" same "$(setting data_checksums)" on
check "it writes through to the disk" same \
    "$(setting fsync) $(setting full_page_writes) $(setting synchronous_commit)" 'on on on'
check "nobody is trusted: peer is the only way in" same \
    "$(sql "$data" postgres 'SELECT DISTINCT type || auth_method FROM pg_hba_file_rules' postgres)" localpeer
if ((EUID == 0)); then
    as_nobody=(setpriv --reuid=nobody --regid=nogroup --clear-groups --)
    stranger() { ! "${as_nobody[@]}" psql -X -h "$data/s" -U drystone_app drystone -c 'SELECT 1'; }
    check "another user of the machine can't reach the database" stranger
fi
owners() { ps -o user:20= -p "$(pgrep -d, -f -- "$data/")" | grep -v "^root" | sort -u | tr -d ' '; }
check "database and server run as $owner" same "$(owners)" "$owner"
modes() { stat -c '%U %a' "$data" "$data/keys" "$data/pg" "$data/s" | sort -u; }
check "the data directory is $owner's alone" same "$(modes)" "$owner 700"
core_limit() { grep -E 'core file size +0 ' "/proc/$(cat "$data/run/server.pid")/limits"; }
check "the server leaves no core dumps" core_limit
quiet_crash() { tr '\0' '\n' <"/proc/$(cat "$data/run/server.pid")/environ" | grep -x 'SWIFT_BACKTRACE=enable=no'; }
check "nor prints its memory when it crashes" quiet_crash
check "as the service neither does" grep -qx 'Environment=SWIFT_BACKTRACE=enable=no' ../../Deploy/drystone.service
refuses "a second launcher on the directory is refused" 1 'another drystone' "${demo[@]}"
refuses "another directory on the same port is refused, with the reason" 1 'already listening on port' \
    "$drystone" demo --data "$scratch/other" --port "$port" --size rutland
check "what the first one serves goes on" answers "$port"
check "doctor is content" "$drystone" doctor --data "$data"
said_twice() { "$drystone" doctor --data "$data" | sort | uniq -d; }
check "and says nothing twice" same "$(said_twice)" ''
about() { "$drystone" doctor --data "$data" | grep -c "$1"; }
check "what the server finds is said once" same "$(about clamd) $(about 'breached passwords\.')" '1 1'

# Killed, one by one and all together.
server_of() { cat "$data/run/server.pid"; }
postmaster_of() { head -n 1 "$data/pg/postmaster.pid"; }
old=$(server_of)
kill -KILL "$old"
back() { [[ $(server_of) != "$old" ]] && answers "$port"; }
check "kill -9 of the server: it is started again" wait_for 20 back
old=$(postmaster_of)
kill -KILL "$old"
database_back() { [[ $(postmaster_of) != "$old" ]] && sql "$data" postgres 'SELECT 1'; }
check "kill -9 of the database: it is started again" wait_for 30 database_back
check "and the server answers again" wait_for 20 answers "$port"
old=$(server_of)
kill -KILL "$pid"
wait "$pid" 2>/dev/null || true
gone() { ! kill -0 "$old" 2>/dev/null; }
check "kill -9 of the launcher: the server ends by itself" wait_for 15 gone
starts "the next start takes over the database left running" second "${demo[@]}"
kill -KILL "$pid" "$(server_of)" "$(postmaster_of)"
wait "$pid" 2>/dev/null || true
began=$EPOCHREALTIME
starts "kill -9 of everything: the next start serves" third "${demo[@]}"
echo "        (ready again in $(((${EPOCHREALTIME/./} - ${began/./}) / 1000)) ms)"

# Ending.
status=0
stop "$pid" || status=$?
check "SIGTERM ends it with status 0" same "$status" 0
check "nothing that it started remains" nothing_remains "$data"
check "port and socket are free again" same "$(ls "$data/s")" ''
interrupted() {
    local status=0
    start "$1" "${demo[@]}" || return 1
    kill "-$2" "$pid"
    wait "$pid" || status=$?
    same "$status" 0 && nothing_remains "$data"
}
check "a closed terminal (SIGHUP) ends everything too" interrupted hangup HUP
stale() {
    sleep 300 &
    local innocent=$! status=0
    echo "$innocent" >"$data/run/server.pid"
    start stale "${demo[@]}" || return 1
    kill -0 "$innocent" || status=1
    kill "$innocent"
    stop "$pid"
    return "$status"
}
check "a stale process number kills nobody" stale
while_starting() {
    "${demo[@]}" >"$scratch/early.out" 2>&1 &
    pid=$!
    sleep "0.$((RANDOM % 9))"
    kill -TERM "$pid"
    wait "$pid" || true
    nothing_remains "$data"
}
check "ended while it starts, it leaves nothing running" while_starting

# Reset, sizes, kinds.
refuses "another size is refused" 1 'holds the demonstration of size rutland' \
    "$drystone" demo --data "$data" --port "$port" --size llr
keys_before=$(stat -c '%i %y' "$data/keys/master.key")
starts "--reset makes a new one" reset "${demo[@]}" --reset
stop "$pid" || true
different() { [[ $(stat -c '%i %y' "$data/keys/master.key") != "$keys_before" ]]; }
check "with new keys" different

# A real partnership, under a path too long and too odd for a socket.
real="$scratch/a directory with a name that is much longer than anyone would type"
real+=" but that a socket must be found for all the same"
recipient=$(age-keygen 2>/dev/null | age-keygen -y)
check "setup makes a real partnership, even under a long path with spaces" \
    "$drystone" setup --data "$real" --public-url http://127.0.0.1:8080 --recipient "$recipient" \
    --port "$(free_port)"
refuses "the demonstration does not touch a real one" 1 'holds a real partnership' \
    "$drystone" demo --data "$real" --reset
refuses "a real partnership without an administrator is not served, with the reason" 1 'create-admin' \
    "$drystone" serve --config "$real/drystone.conf"
check "its first administrator" make_administrator "$real/drystone.conf"
starts "serve serves it" real "$drystone" serve --config "$real/drystone.conf"
stop "$pid" || true
check "and leaves nothing running" nothing_remains "$real"

# Doctor.
chmod 644 "$data/keys/master.key"
refuses "doctor finds keys that others can read" 1 'can be read by others' "$drystone" doctor --data "$data"
chmod 400 "$data/keys/master.key"
mv "$data/keys/audit.key" "$scratch/audit.key"
refuses "doctor finds a missing key" 1 'audit.key is missing' "$drystone" doctor --data "$data"
mv "$scratch/audit.key" "$data/keys/audit.key"
/usr/bin/python3 -m http.server --bind 127.0.0.1 "$port" >/dev/null 2>&1 &
running+=($!)
wait_for 5 answers "$port" || true
refuses "doctor finds a taken port" 1 'Something else is listening' "$drystone" doctor --data "$data"
kill "${running[-1]}" 2>/dev/null || true
chmod 755 "$data/pg"
refuses "doctor finds a database that others can read" 1 'should belong to' "$drystone" doctor --data "$data"
chmod 700 "$data/pg"
json() {
    "$drystone" doctor --data "$data" --json |
        /usr/bin/python3 -c 'import json, sys; assert json.load(sys.stdin)["wrong"] == 0'
}
check "doctor has it as JSON" json

# Doctor and the virus scanner: named and absent, at work, and three that don't do what they should.
scanner=$scratch/clamd.ctl
config_before=$(cat "$data/drystone.conf")
scanning() {
    rm -f "$scanner"
    /usr/bin/python3 clamd.py "$scanner" "$1" &
    running+=($!)
    wait_for 5 test -S "$scanner"
}
printf 'scanner = none\n' >>"$data/drystone.conf"
refuses "doctor says that files are not scanned when that was switched off" 0 'scanner = none' \
    "$drystone" doctor --data "$data"
printf 'scanner = %s\n' "$scanner" >>"$data/drystone.conf"
refuses "doctor finds a virus scanner that is not there" 1 'No such file' "$drystone" doctor --data "$data"
scanning honest
refuses "doctor asks one that is" 0 'finds the test file (EICAR), and takes files of 10 MB' \
    "$drystone" doctor --data "$data"
scanning blind
refuses "doctor finds one without signatures" 1 'does not find the test file' "$drystone" doctor --data "$data"
scanning small
refuses "doctor finds one that takes small files only" 1 'StreamMaxLength' "$drystone" doctor --data "$data"
scanning mute
refuses "doctor finds one that does not answer" 1 'did not answer in time' "$drystone" doctor --data "$data"
printf '%s\n' "$config_before" >"$data/drystone.conf"

# A full disk, said plainly.
if ((EUID == 0)) && mount -t tmpfs -o size=150m,mode=755 tmpfs "$scratch/foreign" 2>/dev/null; then
    mounted=$scratch/foreign
    refuses "doctor says that the disk is full" 1 'is full' "$drystone" doctor --data "$scratch/foreign/data"
    head -c 130M /dev/zero >"$scratch/foreign/ballast"
    refuses "so does a start" 1 'is full' "$drystone" demo --data "$scratch/foreign/data" --port "$port" --size rutland
    check "which leaves nothing running" nothing_remains "$scratch/foreign"
else
    skip "a full disk" "needs root and tmpfs"
fi
