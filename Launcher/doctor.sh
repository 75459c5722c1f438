# shellcheck shell=bash
# What is missing or wrong, in plain words: each line says what was looked at, and what to do when it is not well.

help_doctor() {
    cat <<'TEXT'
./drystone doctor [--data DIR | --config FILE] [--port N] [--json]
Looks at the tools, the data directory (default .drystone), its database, its keys, the disk, the clock and the port,
and says what is missing or wrong. Changes nothing. Exit 1 when anything is wrong; advice alone is exit 0.
TEXT
}

room_doctor() {
    local directory=$home/.drystone file='' port='' json=
    while (($#)); do
        case $1 in
            --data) need_value "$@"; directory=$2; shift 2 ;;
            --config) need_value "$@"; file=$2; shift 2 ;;
            --port) need_value "$@"; port=$2; shift 2 ;;
            --json) json=1; shift ;;
            -h | --help) help_doctor; return ;;
            *) wrong_usage "doctor does not know \"$1\"." ;;
        esac
    done
    enter user install build data cluster serve examine
    findings=()
    if getent passwd "$service_user" >/dev/null || ((EUID != 0)); then choose_run_user; else run_user=$service_user; fi
    examine_tools
    examine_clock
    if [[ -n $file ]]; then
        absolute "$file"
        config=$(readlink -f "$REPLY") || config=$REPLY
        directory=${config%/*}
        if [[ ! -e $config ]]; then
            note "drystone: there is no $config."
            exit 2
        fi
    fi
    examine_data "$directory"
    examine_port "$port"
    if [[ -n $json ]]; then findings_as_json; else findings_as_words; fi
}

# finding ok|advice|wrong WHAT [WHAT-TO-DO]
finding() { findings+=("$1"$'\t'"$2"$'\t'"${3-}"); }

findings_as_words() {
    local line status what todo wrongs=0
    for line in "${findings[@]}"; do
        IFS=$'\t' read -r status what todo <<<"$line"
        printf '%-7s %s\n' "$status" "$what"
        if [[ -n $todo ]]; then printf '        %s\n' "$todo"; fi
        if [[ $status == wrong ]]; then wrongs=$((wrongs + 1)); fi
    done
    if ((wrongs == 0)); then
        printf 'Nothing is wrong.\n'
        return
    fi
    printf '%s wrong.\n' "$([[ $wrongs == 1 ]] && echo 'One thing is' || echo "$wrongs things are")"
    exit 1
}

findings_as_json() {
    printf '%s\n' "${findings[@]}" | /usr/bin/python3 -c 'import json, sys
found = [dict(zip(("status", "what", "todo"), line.rstrip("\n").split("\t"))) for line in sys.stdin]
wrong = sum(f["status"] == "wrong" for f in found)
print(json.dumps({"wrong": wrong, "findings": found}, indent=1))
sys.exit(1 if wrong else 0)'
}

examine_tools() {
    find_missing
    if ((${#missing[@]})); then
        finding wrong "Packages are missing: ${missing[*]}" "Type: sudo apt-get install ${missing[*]}"
    else
        finding ok "The packages it needs are installed."
    fi
    if [[ -e $home/RELEASE ]]; then
        finding ok "This is an installed release: $(<"$home/RELEASE")"
    elif find_swift; then
        finding ok "Swift $swift_found"
    else
        finding wrong "Swift $swift_wanted or newer is needed to build${swift_found:+ (found: $swift_found)}." \
            "Install it from https://www.swift.org/install/linux/"
    fi
    if ((EUID == 0)) && ! getent passwd "$service_user" >/dev/null; then
        finding advice "The system user $service_user does not exist yet." "demo or setup makes it."
    fi
}

# Six-digit codes need a clock that is right to half a minute.
examine_clock() {
    local synchronised='' now
    now="$(date -u '+%Y-%m-%d %H:%M') UTC"
    if ((EPOCHSECONDS < $(stat -c %Y "$home/VERSION") - 86400)); then
        finding wrong "The clock says $now, which is before this program was made." \
            "Set the clock: sign-in codes and the 48-hour clocks depend on it."
        return
    fi
    if [[ -d /run/systemd/system ]]; then
        synchronised=$(timedatectl show -p NTPSynchronized --value 2>/dev/null) || true
    fi
    case $synchronised in
        yes) finding ok "The clock is synchronised ($now)." ;;
        no) finding advice "Nothing keeps the clock right ($now)." \
            "Sign-in codes fail when it is half a minute out: apt-get install systemd-timesyncd" ;;
        *) finding advice "The clock says $now; nothing here says whether it is kept right." ;;
    esac
}

# The disk under the nearest directory that exists.
examine_disk() {
    local at=$1 free percent inodes
    while [[ ! -d $at ]]; do
        at=${at%/*}
        at=${at:-/}
    done
    read -r free percent < <(df -Pm "$at" | awk 'NR == 2 { print $4, int($4 * 100 / $2) }')
    inodes=$(df -Pi "$at" | awk 'NR == 2 { print $4 }')
    if [[ ! $inodes =~ ^[1-9][0-9]*$ ]]; then inodes=1000000; fi # some file systems don't count them
    if ((free < 200 || inodes < 1000)); then
        finding wrong "The disk under $at is full: $free MB are left." \
            "While it is full nothing can be saved. Free some space; what was acknowledged is safe."
    elif ((free < 2000 || percent < 5)); then
        finding advice "The disk under $at is filling up: $free MB ($percent%) are left." "Make room before it is full."
    else
        finding ok "The disk under $at has $free MB ($percent%) left."
    fi
}

examine_port() {
    local port=$1 holder pid=
    if [[ -z $port && -r ${config-} ]]; then
        config_value "$config" listen
        port=${REPLY##*:}
    fi
    port=${port:-8080}
    if [[ ! $port =~ ^[0-9]+$ ]] || ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        finding ok "Port $port is free."
        return
    fi
    pid=$(cat "$data/run/server.pid" 2>/dev/null) || true
    holder=$(ss -Hltnp "sport = :$port" 2>/dev/null | grep -o 'users:.*' | head -n 1) || true
    if [[ -n $pid && $holder == *"pid=$pid,"* ]]; then
        finding ok "The server is serving on port $port."
    elif [[ -n $pid && -d /proc/$pid && -z $holder ]]; then
        finding ok "Something serves on port $port, and the server is running."
    else
        finding wrong "Something else is listening on port $port${holder:+: $holder}." \
            "Stop it, or use another port (--port for the demonstration, listen in the configuration)."
    fi
}
