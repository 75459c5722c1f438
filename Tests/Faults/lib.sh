# shellcheck shell=bash
# What the fault tests share: a scratch folder, checks that count, a partnership to hurt.

passed=0 failed=0 skipped=0
scratch=$(mktemp -d "${TMPDIR:-/tmp}/drystone-fault.XXXXXX")
chmod 711 "$scratch"
running=()    # launchers to end at the end
# shellcheck disable=SC2034
drystone=$TEST_LAUNCHER

# The user who owns a partnership's processes and files.
if ((EUID == 0)); then owner=drystone; else owner=$(id -un); fi

ok() { passed=$((passed + 1)); printf 'ok      %s\n' "$1"; }
not_ok() {
    failed=$((failed + 1))
    printf 'NOT OK  %s\n' "$1"
    shift
    if (($#)); then printf '%s\n' "$@" | tail -n 15 | sed 's/^/        | /'; fi
}
skip() { skipped=$((skipped + 1)); printf 'skipped %s: %s\n' "$1" "$2"; }

# check "sentence" COMMAND...: passes when the command does; shows what it said when it doesn't.
check() {
    local what=$1 said status=0
    shift
    said=$("$@" 2>&1) || status=$?
    if ((status == 0)); then ok "$what"; else not_ok "$what" "$said"; fi
}

# refuses "sentence" STATUS WORDS COMMAND...: passes when it exits so and says so.
refuses() {
    local what=$1 wanted=$2 words=$3 said status=0
    shift 3
    said=$("$@" 2>&1 </dev/null) || status=$?
    if [[ $status == "$wanted" && $said == *"$words"* ]]; then
        ok "$what"
    else
        not_ok "$what" "exit $status, wanted $wanted with \"$words\":" "$said"
    fi
}

same() { [[ $1 == "$2" ]] || { printf 'first:  %s\nsecond: %s\n' "$1" "$2"; return 1; }; }

# wait_for SECONDS COMMAND...
wait_for() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        if ((SECONDS >= end)); then return 1; fi
        sleep 0.1
    done
}

free_port() {
    /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Starts a launcher in the background and waits until it serves: start NAME COMMAND...; its process is in `pid`, its
# words in $scratch/NAME.out and .err.
start() {
    local name=$1
    shift
    "$@" >"$scratch/$name.out" 2>"$scratch/$name.err" </dev/null &
    pid=$!
    running+=("$pid")
    wait_for 180 ready_or_gone "$name"
    grep -q '^ready ' "$scratch/$name.out"
}

# The same as a check: starts "sentence" NAME COMMAND...
starts() {
    local what=$1
    shift
    if start "$@"; then ok "$what"; else not_ok "$what" "$(cat "$scratch/$1.err")"; fi
}

ready_or_gone() { grep -q '^ready ' "$scratch/$1.out" || ! kill -0 "$pid"; }

# Stops a launcher as Ctrl-C does and waits; its exit status.
stop() {
    kill -TERM "$1"
    wait "$1"
}

# Anything still running from a directory?
remains() { pgrep -af -- "$1" | grep -v -e "$BASHPID" -e pgrep -e 'test\.sh' || true; }

nothing_remains() {
    local left
    left=$(remains "$1/")
    same "$left" ''
}

# A real partnership's first administrator; a server refuses an empty database.
make_administrator() {
    "$drystone" create-admin --config "$1" --email ada.example@casework.example.org --name 'Ada Example' \
        --agency 'Example Agency' --partnership 'Example Partnership'
}

# The answer of the server, in any status: is anybody there?
answers() { curl -s -o /dev/null -m 5 "http://127.0.0.1:$1/"; }

# psql on the private database: sql DIR ROLE STATEMENT
sql() {
    local as=()
    if ((EUID == 0)); then as=(setpriv "--reuid=$owner" "--regid=$owner" --init-groups --); fi
    (cd / && "${as[@]}" psql -XAtq -v ON_ERROR_STOP=1 -h "$1/s" -U "$2" -d "${4:-drystone}" -c "$3")
}

close_up() {
    local one status=$?
    for one in "${running[@]}"; do kill -TERM "$one" 2>/dev/null || true; done
    for one in "${running[@]}"; do wait "$one" 2>/dev/null || true; done
    if [[ -n ${mounted-} ]]; then umount "$mounted" 2>/dev/null || true; fi
    rm -rf "$scratch"
    if ((status == 0)); then printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"; fi
    exit "$status"
}
trap close_up EXIT
trap 'exit 1' INT TERM
