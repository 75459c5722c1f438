import Foundation
import Postgres

// The database: reached by each role, with the rights that each should have and no others.
extension Findings {
    /// Asks one question as a role, on a connection of its own.
    func ask<Value: Sendable>(
        _ settings: Settings, _ role: String, _ question: @Sendable (isolated Connection) throws -> Value
    ) async -> Result<Value, any Error> {
        let database = Database(
            settings.database(as: role), options: .init(size: 1, applicationName: "drystone-doctor"))
        let answer: Result<Value, any Error>
        do {
            answer = .success(try await database.transaction(readOnly: true, question))
        } catch {
            answer = .failure(error)
        }
        await database.close()
        return answer
    }

    /// Answers the roles that can be used, each as itself.
    mutating func examineRoles(_ settings: Settings) async -> Set<String> {
        var reached: Set<String> = []
        for role in ["app", "auth", "auditor", "migrator"] {
            switch await ask(settings, role, { db in try db.currentRole() }) {
            case .success("drystone_\(role)"): reached.insert(role)
            case .success(let other):
                wrong("The connection for \(role) signs in as '\(other)', not as drystone_\(role).",
                      "Its policies are for drystone_\(role) alone: change database_\(role) in the configuration.")
            case .failure where role == "migrator":
                advice("The database does not let drystone_migrator in from here.",
                       "That is well for a server; migrate, create-admin and vault rotate need it.")
            case .failure(let error):
                let reason = (error as? PostgresError)?.reason ?? CommandFailure(explaining: error).description
                wrong("The database does not let drystone_\(role) in: \(reason).",
                      "Check that PostgreSQL is running, and 'database' in the configuration.")
            }
        }
        if reached.count == 4 { ok("The database answers each of its roles.") }
        return reached
    }

    /// No role has more than it should.
    mutating func examineRights(_ settings: Settings) async {
        switch await ask(settings, "auth", { db in try db.excessiveRights() }) {
        case .success(let excess) where excess.isEmpty: ok("No role of the database has more rights than it should.")
        case .success(let excess):
            for line in excess {
                wrong("\(line).", "As the database's administrator, run the statements of drystone migrate "
                    + "--bootstrap-sql, and take away what was given by hand.")
            }
        case .failure(let error): wrong("The rights of the database's roles can't be read.", error)
        }
    }

    /// Settings of PostgreSQL on which promises depend.
    mutating func examineServerSettings(_ settings: Settings) async {
        guard case .success(let found) = await ask(settings, "auth", { db in try db.serverSettings() }) else { return }
        for (name, wanted) in [("fsync", "on"), ("full_page_writes", "on"), ("synchronous_commit", "off")] {
            let isWell = name == "synchronous_commit" ? found[name] != wanted : found[name] == wanted
            if !isWell {
                wrong("PostgreSQL's \(name) is \(found[name] ?? "unknown"): what was saved can be lost in a power cut.",
                      "Set \(name) = on in its configuration.")
            }
        }
        if found["data_checksums"] != "on" {
            advice("The database has no checksums on its pages, so a failing disk can go unnoticed.",
                   "pg_checksums --enable, while PostgreSQL is stopped.")
        }
        if found["log_parameter_max_length_on_error"] != "0" || found["log_error_verbosity"] != "terse" {
            advice("PostgreSQL may write what people typed into its own log when something fails.",
                   "Set log_parameter_max_length_on_error = 0 and log_error_verbosity = terse.")
        }
        let logsStatements = found["log_statement"] != "none" || found["log_min_duration"] != "-1"
        if found["log_parameter_max_length"] != "0", logsStatements {
            advice("PostgreSQL writes statements with their values into its own log.",
                   "Set log_parameter_max_length = 0, or log_statement = none and log_min_duration_statement = -1.")
        }
        if found["encrypted"] == "no" {
            wrong("The connection to the database crosses the network without encryption.",
                  "Add sslmode=verify-full to 'database' in the configuration.")
        }
        if let seconds = found["seconds_off"].flatMap({ Int($0) }), abs(seconds) > 5 {
            wrong("This machine's clock and the database's differ by \(seconds) seconds.",
                  "Sign-in codes and clocks depend on it: keep both right (systemd-timesyncd or chrony).")
        }
    }

    /// Whether program and schema belong together.
    mutating func examineSchema(_ settings: Settings) async -> Bool {
        let door = Database(settings.database(as: "auth"), options: .init(size: 1, applicationName: "drystone-doctor"))
        let problem: (any Error)?
        do {
            try await Schema.requireCurrent(door)
            problem = nil
        } catch {
            problem = error
        }
        await door.close()
        if let problem { wrong("The schema is not this release's (\(Version.text)).", problem) }
        if problem == nil { ok("The schema is this release's (\(Version.text)).") }
        return problem == nil
    }

    /// The partnership that is served.
    mutating func examinePartnership(_ settings: Settings) async -> UUID? {
        let door = Database(settings.database(as: "auth"), options: .init(size: 1, applicationName: "drystone-doctor"))
        let found: Result<Partnership, any Error>
        do {
            found = .success(try await Partnership.find(settings.partnership, door))
        } catch {
            found = .failure(error)
        }
        await door.close()
        switch found {
        case .success(let partnership):
            ok("It serves '\(partnership.name)'\(partnership.demonstration ? ", a demonstration" : "").")
            return partnership.id
        case .failure(let error):
            wrong("There is no partnership to serve.", error)
            return nil
        }
    }

    /// A real write, as the server's own readiness does it: a full disk or a standby answers questions, too.
    mutating func examineWriting(_ settings: Settings, _ partnership: UUID) async {
        let door = Database(settings.database(as: "auth"), options: .init(size: 1, applicationName: "drystone-doctor"))
        do {
            try await door.transaction { db in try db.touchReadiness(at: Date(), in: partnership) }
            ok("The database can write.")
        } catch {
            wrong("The database can't write.", error)
        }
        await door.close()
    }
}
