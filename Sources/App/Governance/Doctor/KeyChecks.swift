import Crypto
import Foundation
import Postgres

// The keys: on disk, and against what is in the database.
extension Findings {
    /// There, whole, and for one user's eyes only. Answers the keys when they can be used.
    mutating func examineKeyFiles(_ settings: Settings) -> Keys? {
        let files = FileManager.default
        let missing = Keys.missing(in: settings.keys)
        if !missing.isEmpty {
            wrong("\(missing.joined(separator: ", ")) is not in \(settings.keys).",
                  "Put it back from where you keep copies of the keys; a new installation gets its keys from migrate.")
            return nil
        }
        let names = ((try? files.contentsOfDirectory(atPath: settings.keys)) ?? []).sorted()
        let paths = [settings.keys] + names.map { settings.keys + "/" + $0 }
        let open = paths.filter { path in
            let mode = (try? files.attributesOfItem(atPath: path))?[.posixPermissions] as? NSNumber
            return mode.map { $0.intValue & 0o077 != 0 } ?? true
        }
        for path in open {
            wrong("Others than its owner can read \(path).",
                  "chmod go= \(path); and if others may have read it, drystone vault rotate.")
        }
        do {
            let keys = try Keys(directory: settings.keys)
            if open.isEmpty { ok("The keys are in \(settings.keys), for their owner alone.") }
            return keys
        } catch {
            wrong("The keys in \(settings.keys) can't be used.", error)
            return nil
        }
    }

    /// The server's key opens an authenticator's secret: it belongs to this database.
    mutating func examineServerKey(_ settings: Settings, _ keys: Keys, _ partnership: UUID) async {
        let sealed = await ask(settings, "auth") { db in try db.anySealedTotp(in: partnership) }
        guard case .success(let sealed?) = sealed else { return }
        let place = Place.totp(sealed.account, in: partnership)
        if (try? Sealed.open(sealed.bytes, key: keys.totp, place: place)) == nil {
            wrong("server.key is not the key that this database was used with: nobody can sign in.",
                  "Put the right server.key back from where you keep copies of the keys.")
        } else {
            ok("The server's key belongs to this database.")
        }
    }

    /// The master keys open the agencies' keys.
    mutating func examineVault(_ settings: Settings, _ keys: Keys) async {
        let stored = await ask(settings, "migrator") { db in
            try db.takeLoaderRole()
            return try db.agencyKeys()
        }
        guard case .success(let stored) = stored else { return }
        let closed = stored.count { (try? keys.ring.unwrap($0.wrapped)) == nil }
        let stale = stored.count { $0.wrapped.keyID != keys.ring.current.id }
        if closed > 0 {
            wrong("The keys of \(closed) of \(stored.count) agencies can't be opened: their addresses and contact "
                + "details can't be read.", "drystone vault status says which master key is missing; put it back.")
        } else if stale > 0 {
            wrong("A rotation of the master key was not finished: the old key still wraps \(stale) agencies' keys.",
                  "Run drystone vault rotate again.")
        } else {
            ok("The master key opens the keys of all \(stored.count) agencies.")
        }
    }

    /// Rows wait for a second at most, and the last checkpoint is signed by the key that is here.
    mutating func examineSealer(_ settings: Settings, _ keys: Keys?, _ partnership: UUID) async {
        let found = await ask(settings, "auditor") { db in
            (waiting: try db.waitingToBeSealed(partnership), note: try db.lastNote(partnership), now: try db.clock())
        }
        guard case .success(let log) = found else { return }
        let serving = await ask(settings, "auth") { db in try db.isBeingSealed() }
        let isServing = if case .success(true) = serving { true } else { false }
        let origin = AuditOrigin.name(partnership)
        if let note = log.note, let keys,
            (try? Checkpoint.verify(note, key: CheckpointKey(name: origin, publicKey: keys.audit.publicKey))) == nil {
            wrong("The audit log's last checkpoint is not signed by audit.key, so nothing can be sealed.",
                  "Put the right audit.key back; if it is the right one, the log was altered: drystone audit export.")
        }
        let seconds = log.waiting.since.map { Int(log.now.timeIntervalSince($0)) } ?? 0
        if log.waiting.count == 0 || isServing && seconds < 30 {
            ok("The audit log is sealed up to now.")
        } else if isServing {
            wrong("\(log.waiting.count) rows of the audit log wait to be sealed, the oldest for \(seconds) seconds.",
                  "The server's metrics and log say why; a full witness directory is the usual reason.")
        } else {
            advice("\(log.waiting.count) rows of the audit log wait to be sealed, and no server is running.",
                   "It seals them when it starts.")
        }
    }
}
