#!/usr/bin/env bash
# Backups: a round trip with equal hashes while people work, nothing readable by a thief, and every damage noticed.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}"
. ./lib.sh

data=$scratch/real
port=$(free_port)
canary="Canary-$RANDOM$RANDOM-Lane"
age-keygen -o "$scratch/identity" 2>/dev/null
age-keygen -o "$scratch/other-identity" 2>/dev/null
recipient=$(age-keygen -y "$scratch/identity")
config=$data/drystone.conf

refuses "setup wants a recipient for backups" 2 'recipient' \
    "$drystone" setup --data "$data" --public-url http://127.0.0.1:8080
refuses "and a true one" 2 'not a public key' \
    "$drystone" setup --data "$data" --public-url http://127.0.0.1:8080 --recipient nonsense
setup=("$drystone" setup --data "$data" --recipient "$recipient" --port "$port" --public-url)
check "setup" "${setup[@]}" https://casework.example.org
check "setup again changes nothing" "${setup[@]}" https://other.example.org
check "the configuration is the first one" grep -q '^public_url = https://casework.example.org' "$config"
check "its first administrator" make_administrator "$config"

starts "serve" serve "$drystone" serve --config "$config"
serving=$pid

# Awkward rows, and a writer that does not stop for the backup.
sql "$data" postgres "CREATE TABLE app.awkward (id bigserial PRIMARY KEY, t text, n numeric, d date, b bytea, j jsonb,
    ts timestamptz, a text[], r daterange, f double precision, gone int, note text);
    ALTER TABLE app.awkward DROP COLUMN gone; ALTER TABLE app.awkward ENABLE ROW LEVEL SECURITY;
    ALTER TABLE app.awkward FORCE ROW LEVEL SECURITY; ALTER TABLE app.awkward OWNER TO drystone_owner;
    GRANT SELECT ON app.awkward TO drystone_app, drystone_backup;
    GRANT SELECT ON app.awkward_id_seq TO drystone_backup;
    CREATE POLICY nobody ON app.awkward FOR SELECT USING (false);
    INSERT INTO app.awkward (t, n, d, b, j, ts, a, r, f, note)
    SELECT chr(9) || E'\\\\N' || chr(10) || 'Zoë 👩‍👧 ' || i, i / 3.0, DATE '2024-02-29' + i,
        decode(md5(i::text), 'hex'),
        jsonb_build_object('i', i, 'q', '\"'), TIMESTAMPTZ '2024-03-31 01:30+00' + i * interval '1 hour',
        ARRAY['a,b', NULL, '{}'],
        daterange(NULL, DATE '2024-01-01' + i), random() * 1e-300, NULLIF(i % 3, 0)::text
    FROM generate_series(1, 20000) i;
    INSERT INTO app.awkward (t, note) VALUES ('$canary', '')"
# Somebody whose time has run out long ago, and whom two people agree to delete once there is a backup.
sql "$data" postgres "INSERT INTO app.account (id, partnership_id, email, full_name)
    SELECT gen_random_uuid(), id, 'second@casework.example.org', 'Second Example' FROM app.partnership;
    INSERT INTO app.person (id, partnership_id, agency_id, given_name, family_name, created_at, created_by)
    SELECT gen_random_uuid(), g.partnership_id, g.id, 'Ferelith', 'Quillmark', now() - interval '40 years', a.id
    FROM app.agency g, app.account a WHERE a.email LIKE 'ada%';
    INSERT INTO app.person_name (id, partnership_id, agency_id, person_id, kind, given_name, family_name)
    SELECT gen_random_uuid(), partnership_id, agency_id, id, 'current', given_name, family_name FROM app.person;
    INSERT INTO app.person_key (person_id, partnership_id, agency_id, wrapped)
    SELECT id, partnership_id, agency_id, '\\xfeed' FROM app.person"
known() {
    sql "$1" postgres "SELECT concat_ws(' ', p.given_name, k.wrapped IS NOT NULL,
        (SELECT count(*) FROM app.person_name)) FROM app.person p JOIN app.person_key k ON k.person_id = p.id"
}
writer() {
    local line="INSERT INTO app.awkward (t) SELECT md5(random()::text) FROM generate_series(1, 50)"
    while sql "$data" postgres "$line"; do :; done
}
writer >/dev/null 2>&1 &
writing=$!
running+=("$writing")

backup=$scratch/one.age
keys=$scratch/keys.age
check "backup while people work" "$drystone" backup --data "$data" --out "$backup" --keys "$keys"
kill "$writing" 2>/dev/null || true
wait "$writing" 2>/dev/null || true
check "only its owner can read the backup" same "$(stat -c %a "$backup" "$keys" | sort -u)" 400
hidden() { ! grep -qa -e "$canary" -e PGDMP -e 'drystone backup' "$backup"; }
opens() { age -d -i "$scratch/identity" "$backup" | grep -ca -e PGDMP -e 'drystone backup'; }
check "nothing in it can be read without the identity" hidden
check "(with it, it can)" opens
no_key_inside() { ! age -d -i "$scratch/identity" "$backup" | grep -qa drystone-key; }
check "the keys are not in it" no_key_inside
check "the server went on meanwhile" answers "$port"

refuses "a backup never overwrites a file" 1 'not overwritten' "$drystone" backup --data "$data" --out "$backup"
mkdir "$scratch/many"
check "into a directory, it is named for the time" "$drystone" backup --data "$data" --out "$scratch/many"
named() { [[ $(ls "$scratch/many") =~ ^drystone-[0-9]{8}T[0-9]{6}Z\.age$ ]]; }
check "so" named
sql "$data" postgres "INSERT INTO app.retention_proposal (id, partnership_id, agency_id, subject_id, rule, due_on,
        reason, proposed_at, proposed_by, decision, decided_at, decided_by, decided_because)
    SELECT gen_random_uuid(), p.partnership_id, p.agency_id, p.id, 'contact', current_date, 'Time', now(), p.created_by,
        'agreed', now(), a.id, 'Read it' FROM app.person p, app.account a WHERE a.email LIKE 'second%'"
deletes() { "$drystone" retention apply --config "$config" | grep -q '^Deleted 1\.'; }
check "somebody is deleted after the backup" deletes
check "without a trace of the name or a key" same "$(known "$data")" 'Deleted f 0'
stop "$serving" || true
check "backup while nobody serves" "$drystone" backup --data "$data" --out "$scratch/two.age"
check "which leaves nothing running" nothing_remains "$data"

# Restores.
restored=$scratch/restored
refuses "a restore never overwrites a directory" 1 'not empty' \
    "$drystone" restore --from "$backup" --identity "$scratch/identity" --data "$data"
refuses "another identity opens nothing" 1 'could not be opened with this identity' \
    "$drystone" restore --from "$backup" --identity "$scratch/other-identity" --data "$restored"
check "and leaves nothing behind" test ! -e "$restored"
restore=("$drystone" restore --identity "$scratch/identity" --from)
equal() { "${restore[@]}" "$backup" --data "$restored" | grep '^equal: '; }
check "restored, every table, policy and grant is equal" equal
check "who was deleted since is deleted again" test -s "$restored/tombstones/restored-1.jsonl"
check "at once" test ! -e "$restored/tombstones.waiting"
check "as it was served" grep -q '^public_url = https://casework.example.org' "$restored/drystone.conf"
refuses "without its keys it is not served" 1 'restored without its keys' \
    "$drystone" serve --config "$restored/drystone.conf"
refuses "nor given new ones" 1 'restored without its keys' "$drystone" migrate --config "$restored/drystone.conf"
refuses "doctor says so too" 1 'keys were not restored' "$drystone" doctor --data "$restored"
refuses "another identity does not open the keys" 1 'could not be read' \
    "$drystone" restore --keys "$keys" --identity "$scratch/other-identity" --data "$restored"
check "the keys go back in" "$drystone" restore --keys "$keys" --identity "$scratch/identity" --data "$restored"
check "byte for byte" diff -r "$data/keys" "$restored/keys"
check "readable by $owner alone" same "$(stat -c '%U %a' "$restored/keys")" "$owner 700"
touch "$restored/tombstones.waiting"
refuses "before that it is not served" 1 'on record again' "$drystone" serve --config "$restored/drystone.conf"
check "which may be done by hand" "$drystone" retention reapply --config "$restored/drystone.conf"
sed -i "s/^listen = .*/listen = 127.0.0.1:$port/" "$restored/drystone.conf"
starts "then it is served" restored "$drystone" serve --config "$restored/drystone.conf"
counted() { sql "$restored" "$1" "SELECT count(*) FROM app.awkward WHERE t = '$canary'"; }
check "whom the backup knew by name stays forgotten" same "$(known "$restored")" 'Deleted f 0'
check "the canary is there again" same "$(counted postgres)" 1
check "and hidden from the pages' role by its policy" same "$(counted drystone_app)" 0
moves_on() { sql "$restored" postgres "INSERT INTO app.awkward (t) VALUES ('next')"; }
check "numbers go on where they were" moves_on
stop "$pid" || true

# Damage.
size=$(stat -c %s "$backup")
head -c $((size * 2 / 3)) "$backup" >"$scratch/cut.age"
head -c $((size - 1)) "$backup" >"$scratch/short.age"
/usr/bin/python3 - "$backup" "$scratch/flipped.age" "$size" <<'PYTHON'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[int(sys.argv[3]) // 2] ^= 1
open(sys.argv[2], "wb").write(data)
PYTHON
for damage in cut short flipped; do
    refuses "a $damage backup is noticed" 1 'damaged or cut short' \
        "${restore[@]}" "$scratch/$damage.age" --data "$scratch/damaged"
done
check "nothing of it is kept" same "$(ls -A "$scratch/damaged")" ''
age -d -i "$scratch/identity" "$backup" | sed -z 's/app\.awkward\t\([0-9]\)/app.awkward\t9\1/' >"$scratch/plain" || true
grown() { # keeps the manifest's length true
    /usr/bin/python3 - "$scratch/plain" <<'PYTHON'
import re, sys
data = open(sys.argv[1], "rb").read()
head, rest = data.split(b"\n\n", 1)
head = re.sub(rb"manifest: (\d+)", lambda m: b"manifest: %d" % (int(m[1]) + 1), head)
open(sys.argv[1], "wb").write(head + b"\n\n" + rest)
PYTHON
}
grown
age -r "$recipient" -o "$scratch/lying.age" "$scratch/plain"
rm "$scratch/plain"
refuses "a table with other rows than were backed up is unequal" 1 'unequal' \
    "${restore[@]}" "$scratch/lying.age" --data "$scratch/lied"
refuses "and is not served" 1 'remains of a restore' "$drystone" serve --config "$scratch/lied/drystone.conf"

# Migrating backs up first. The launcher gets a server that always has something to do.
cat >"$scratch/pending-server" <<SERVER
#!/bin/sh
case "\$*" in *--pending*) echo 1 ;; *) exec "$DRYSTONE_SERVER_BINARY" "\$@" ;; esac
SERVER
chmod 755 "$scratch/pending-server"
migrate() { DRYSTONE_SERVER_BINARY=$scratch/pending-server "$drystone" migrate --config "$config"; }
check "migrate" migrate
before=("$data"/backups/before-migration-*.age)
check "made a backup first" test -s "${before[0]}"
check "which restores" "${restore[@]}" "${before[0]}" --data "$scratch/before" --keys "$keys"
refuses "a server older than its program is not started" 1 'older than this release' \
    env DRYSTONE_SERVER_BINARY="$scratch/pending-server" "$drystone" serve --config "$config"
mv "$data/backup.recipients" "$scratch/"
refuses "without a recipient it does not migrate unasked" 1 'nobody to encrypt the backup for' \
    env DRYSTONE_SERVER_BINARY="$scratch/pending-server" "$drystone" migrate --config "$config"
mv "$scratch/backup.recipients" "$data/"

# A full disk where the backup goes.
mkdir "$scratch/small"
if ((EUID == 0)) && mount -t tmpfs -o size=64k,mode=755 tmpfs "$scratch/small" 2>/dev/null; then
    mounted=$scratch/small
    refuses "a backup onto a full disk says so" 1 'is full' \
        "$drystone" backup --data "$data" --out "$scratch/small/b.age"
    check "and leaves no half of one" same "$(ls -A "$scratch/small")" ''
else
    skip "a backup onto a full disk" "needs root and tmpfs"
fi
check "nothing is left running" nothing_remains "$scratch"
