import Foundation
import Postgres

extension Services {
    /// Who holds this token, by the role of the door; extends the idle limit (at most once a minute) unless the
    /// request was an autosave, which must not keep an abandoned desk signed in. `onCall`: whether the page is a call's
    /// screen; nil where that stays as it is.
    func findSession(
        _ token: String, touch: Bool, onCall: Bool? = nil, _ tally: Tally
    ) async throws -> FoundSession? {
        guard (1...64).contains(token.utf8.count) else { return nil }
        let partnership = partnership.id
        let found = try await door.first(Connection.session(of: token, in: partnership)) { row in
            try FoundSession(row: row, of: token, in: partnership)
        }
        tally.add(1)
        guard let found, var live = found.live, live.stage == .full else { return found }
        // Going to a call's screen is written down at once; leaving it, with the next click that is.
        let isTouched = touch && (live.isStale || onCall == true && !live.isOnCall)
        guard live.keepsNothing || isTouched else { return found }
        let keepsNothing = live.keepsNothing
        let account = live.viewer.account
        try await door.transaction { db in
            if keepsNothing { try db.keepPosts(of: account, token) }
            if isTouched { try db.touchSession(token, onCall: onCall) }
        }
        if isTouched { live.isOnCall = onCall ?? live.isOnCall }
        return FoundSession(live: live, expired: nil)
    }
}

extension FoundSession {
    /// Whoever left has none; what ran out within the last day is known as such.
    init(row: Row, of token: String, in partnership: UUID) throws {
        let account: UUID = try row["account_id"]
        let csrf: String = try row["csrf"]
        let left: Int = try row["seconds_left"]
        let leftInAll: Int = try row["seconds_at_most"]
        let isOnCall: Bool = try row["on_call"]
        let ended: Bool = try row["ended"]
        let posts: [String] = try row["posts"]
        guard !ended, let stage = Session.Stage(rawValue: try row["stage"]) else {
            self.init(live: nil, expired: nil)
            return
        }
        let isLocked = left <= 0 && leftInAll > 0 && isOnCall && stage == .full
        let expired = left <= 0 && left > -86_400 ? ExpiredSession(account: account, csrf: csrf) : nil
        if left <= 0, !isLocked {
            self.init(live: nil, expired: expired)
            return
        }
        let viewer = Viewer(
            account: account, partnership: partnership, name: try row["full_name"],
            posts: posts.compactMap(Post.init(column:)))
        self.init(
            live: Session(
                id: try row["id"], token: token, csrf: csrf, stage: isLocked ? .code : stage,
                secondsLeft: isLocked ? leftInAll : left, isStale: try row["stale"],
                keepsNothing: try row["keeps_nothing"], isOnCall: isOnCall,
                lockedUntil: isLocked ? try row["ends_at"] : nil, viewer: viewer),
            expired: expired)
    }
}

extension Connection {
    /// The session of `token`, its account and the roles in force today (London), in one statement. The benchmark
    /// gives the same one to PostgreSQL's own client.
    static func session(of token: String, in partnership: UUID) -> SQL {
        """
        SELECT s.id, s.account_id, s.csrf, s.stage, a.full_name,
               extract(epoch FROM least(s.expires_at, s.ends_at) - now())::int AS seconds_left, s.on_call, s.ends_at,
               extract(epoch FROM s.ends_at - now())::int AS seconds_at_most,
               a.ended_at IS NOT NULL AND a.ended_at <= now() AS ended,
               s.seen_at < now() - interval '1 minute' AS stale,
               (s.kept_until > now()) IS NOT TRUE AS keeps_nothing,
               ARRAY(SELECT r.role || ' ' || r.agency_id FROM app.role_assignment r
                     WHERE r.account_id = a.id AND r.starts_on <= (now() AT TIME ZONE 'Europe/London')::date
                       AND (r.ends_on IS NULL OR r.ends_on >= (now() AT TIME ZONE 'Europe/London')::date)
                     ORDER BY r.starts_on, r.id) AS posts
        FROM app.session s JOIN app.account a ON a.id = s.account_id
        WHERE s.token_hash = \(Token.hash(token)) AND s.partnership_id = \(partnership)
        """
    }

    /// Writes down with a session what its account's roles give, so that every policy finds it by one key. The account
    /// is held first: a role that changes meanwhile waits, and then has this forgotten again.
    func keepPosts(of account: UUID, _ token: String) throws {
        try run("SELECT FROM app.account WHERE id = \(account) FOR SHARE")
        try run("""
            UPDATE app.session s SET kept_reach = p.reach, kept_roles = p.roles, kept_until = p.until
            FROM app.posts_of(\(account)) p WHERE s.token_hash = \(Token.hash(token)) AND p.until IS NOT NULL
            """)
    }

    func touchSession(_ token: String, onCall: Bool?) throws {
        try run("""
            UPDATE app.session SET seen_at = now(), expires_at = now() + make_interval(mins => \(Session.idleMinutes)),
                on_call = coalesce(\(onCall), on_call)
            WHERE token_hash = \(Token.hash(token))
              AND (seen_at < now() - interval '1 minute' OR NOT on_call AND \(onCall) IS TRUE)
            """)
    }

    /// What leaving a call's screen alone does, at once.
    func lockSession(_ token: String) throws {
        try run("UPDATE app.session SET on_call = true, expires_at = now() WHERE token_hash = \(Token.hash(token))")
    }

    /// A new session, at `stage`, for a browser described in a few neutral words. `until`: when the one ends that it
    /// goes on from.
    func startSession(
        _ token: String, account: UUID, partnership: UUID, stage: Session.Stage, browser: String, until: Date? = nil
    ) throws {
        let minutes = stage == .full ? Session.idleMinutes : 5
        try run("""
            INSERT INTO app.session (id, token_hash, csrf, partnership_id, account_id, stage, browser, expires_at,
                                     ends_at)
            VALUES (\(UUID()), \(Token.hash(token)), \(Token.random()), \(partnership), \(account), \(stage.rawValue),
                    \(browser), now() + make_interval(mins => \(minutes)),
                    least(now() + make_interval(hours => \(Session.longestHours)), \(until)))
            """)
    }

    func endSession(_ token: String) throws {
        try run("DELETE FROM app.session WHERE token_hash = \(Token.hash(token))")
    }

    /// Ends every session of an account, but for the one that asks.
    func endSessions(of account: UUID, except kept: UUID?) throws {
        try run("DELETE FROM app.session WHERE account_id = \(account) AND (id = \(kept)) IS NOT TRUE")
    }
}

extension Post {
    /// "idva 7b0c…": a role and an agency, as the session's query writes them.
    init?(column: String) {
        let parts = column.split(separator: " ")
        guard parts.count == 2, let role = Role(rawValue: String(parts[0])),
            let agency = UUID(uuidString: String(parts[1])) else { return nil }
        self.init(role: role, agency: agency)
    }
}
