# shellcheck shell=bash
# What Drystone needs from Debian. Looking is cheap (files only); installing happens only when something is missing.

# Packages that are missing for running, in `missing`.
find_missing() {
    missing=()
    local contrib=(/usr/share/postgresql/*/extension/btree_gist.control)
    local initdb=(/usr/lib/postgresql/*/bin/initdb)
    local ensurepip=(/usr/lib/python3*/ensurepip/__init__.py)
    [[ -x ${initdb[0]} ]] || missing+=(postgresql)
    [[ -e ${contrib[0]} ]] || missing+=(postgresql-contrib)
    [[ -e ${ensurepip[0]} ]] || missing+=(python3-venv)
    [[ -e /usr/share/zoneinfo/Europe/London ]] || missing+=(tzdata)
    needs_program age age
    needs_program setpriv util-linux
    # An installed release needs nothing to build with, only the libraries themselves.
    if [[ -e $home/RELEASE ]]; then
        local argon2=(/usr/lib/*/libargon2.so.1) libpq=(/usr/lib/*/libpq.so.5) xlsx=(/usr/lib/*/libxlsxwriter.so.4)
        [[ -e ${argon2[0]} ]] || missing+=(libargon2-1)
        [[ -e ${libpq[0]} ]] || missing+=(libpq5)
        [[ -e ${xlsx[0]} ]] || missing+=(libxlsxwriter4)
    else
        [[ -e /usr/include/postgresql/libpq-fe.h ]] || missing+=(libpq-dev)
        [[ -e /usr/include/argon2.h ]] || missing+=(libargon2-dev)
        [[ -e /usr/include/xlsxwriter.h ]] || missing+=(libxlsxwriter-dev)
        needs_program pkg-config pkg-config
        needs_program git git
        [[ -e /etc/ssl/certs/ca-certificates.crt ]] || missing+=(ca-certificates)
        find_missing_for_swift
    fi
}

# What the Swift toolchain itself leans on.
find_missing_for_swift() {
    local ncurses=(/usr/lib/*/libncurses.so.6) curl=(/usr/lib/*/libcurl.so.4) cxx=(/usr/include/c++/*)
    [[ -e ${ncurses[0]} ]] || missing+=(libncurses6)
    [[ -e ${curl[0]} ]] || missing+=(libcurl4)
    [[ -e ${cxx[0]} ]] || missing+=(g++)
    [[ -e /usr/include/zlib.h ]] || missing+=(zlib1g-dev)
    needs_program ld binutils
}

needs_program() { if ! command -v "$1" >/dev/null; then missing+=("$2"); fi; }

# Packages that only tests need are added to `missing`; the long ones when $1 is `long`.
find_missing_for_tests() {
    needs_program nginx nginx
    needs_program openssl openssl
    needs_program curl curl
    needs_program shellcheck shellcheck
    if [[ $(. /etc/os-release && printf %s "$ID") != ubuntu ]]; then
        needs_program chromium chromium
        needs_program chromium-headless-shell chromium-headless-shell
    fi
    if [[ ${1-} == long ]]; then
        needs_program testssl testssl.sh
        needs_program wapiti wapiti
        needs_program sqlmap sqlmap
        needs_program slowhttptest slowhttptest
    fi
}

# What puts load on pages, added to `missing`.
find_missing_for_load() {
    needs_program wrk wrk
    needs_program curl curl
}

# Installs what is missing for running.
ensure_installed() {
    find_missing
    install_packages "${missing[@]}"
}

# Installs packages as root; anyone else is told the line to type.
install_packages() {
    if (($# == 0)); then return; fi
    if ! command -v apt-get >/dev/null; then
        fail "these Debian packages (or your system's own) are missing: $*"
    fi
    if ((EUID != 0)); then
        fail "these packages are missing. Ask whoever looks after this machine to type" \
            "    sudo apt-get install $*" \
            "and then start again."
    fi
    note "Installing: $*"
    if printf '%s\n' "$@" | grep -qE '^postgresql(-contrib)?$'; then
        without_main_cluster apt_install "$@"
    else
        apt_install "$@"
    fi
}

# apt-get, with one update when the lists are old or absent.
apt_install() {
    local log status
    log=$(mktemp)
    if ! apt_try "$@" >"$log" 2>&1; then
        progress "Refreshing the package lists."
        if ! { apt-get update && apt_try "$@"; } >"$log" 2>&1; then
            tail -n 15 "$log" >&2
            rm -f "$log"
            fail "apt-get could not install $*." "Is this machine connected? Is its disk full?"
        fi
    fi
    status=$?
    rm -f "$log"
    return "$status"
}

apt_try() {
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
        -o Dpkg::Options::=--force-confold "$@" </dev/null
}

# Debian makes and starts a cluster of its own ("main", on TCP port 5432) when PostgreSQL is first installed.
# Nobody here wants one, so it is told not to for as long as this installation lasts.
without_main_cluster() {
    local settings=/etc/postgresql-common/createcluster.conf
    if [[ ! -e $settings ]]; then apt_install postgresql-common; fi
    cp -p "$settings" "$settings.drystone"
    printf 'create_main_cluster = false\n' >>"$settings"
    local status=0
    ("$@") || status=$?
    mv -f "$settings.drystone" "$settings"
    if ((status)); then exit "$status"; fi
}

swift_wanted=6.3

# Puts the Swift toolchain on PATH, or explains.
ensure_swift() {
    if find_swift; then return; fi
    fail "Swift $swift_wanted or newer is needed to build${swift_found:+ (found: $swift_found)}." \
        "Install it from https://www.swift.org/install/linux/ and see that \`swift --version\` works," \
        "or unpack it so that /opt/swift/usr/bin/swift exists."
}

# True when a Swift that is new enough is on PATH afterwards; `swift_found` says what there is.
find_swift() {
    swift_found=
    local place said
    for place in '' /opt/swift/usr/bin "${HOME-}/.local/share/swiftly/bin"; do
        if [[ -n $place && ! -x $place/swift ]]; then continue; fi
        if [[ -n $place ]]; then PATH=$place:$PATH; fi
        if ! command -v swift >/dev/null; then continue; fi
        said=$(swift --version 2>&1) || true
        if [[ $said =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]]; then
            swift_found=${BASH_REMATCH[1]}.${BASH_REMATCH[2]}
            if is_at_least "$swift_found" "$swift_wanted"; then return 0; fi
        else
            swift_found="one that does not run: ${said%%$'\n'*}"
        fi
    done
    return 1
}

# is_at_least 6.10 6.3
is_at_least() {
    local major=${1%%.*} minor=${1#*.} wanted_major=${2%%.*} wanted_minor=${2#*.}
    ((major > wanted_major || (major == wanted_major && minor >= wanted_minor)))
}
