import Foundation
import Postgres

extension Services {
    /// Who holds this token, by the role of the door; extends the idle limit (at most once a minute) unless the
    /// request was an autosave, which must not keep an abandoned desk signed in.
    func findSession(_ token: String, touch: Bool, _ tally: Tally) async throws -> FoundSession? {
        guard (1...64).contains(token.utf8.count) else { return nil }
        let partnership = partnership.id
        let found = try await door.first(Connection.session(of: token, in: partnership)) { row in
            try FoundSession(row: row, of: token, in: partnership)
        }
        tally.add(1)
        guard let live = found?.live, live.stage == .full, live.keepsNothing || touch && live.isStale else {
            return found
        }
        try await door.transaction { db in
            if live.keepsNothing { try db.keepPosts(of: live.viewer.account, token) }
            if touch, live.isStale { try db.touchSession(token) }
        }
        return found
    }
}

extension FoundSession {
    /// Whoever left has none; what ran out within the last day is known as such.
    init(row: Row, of token: String, in partnership: UUID) throws {
        let account: UUID = try row["account_id"]
        let csrf: String = try row["csrf"]
        let left: Int = try row["seconds_left"]
        let ended: Bool = try row["ended"]
        let posts: [String] = try row["posts"]
        guard !ended, let stage = Session.Stage(rawValue: try row["stage"]) else {
            self.init(live: nil, expired: nil)
            return
        }
        if left <= 0 {
            let endedToday = left > -86_400
            self.init(live: nil, expired: endedToday ? ExpiredSession(account: account, csrf: csrf) : nil)
            return
        }
        let viewer = Viewer(
            account: account, partnership: partnership, name: try row["full_name"],
            posts: posts.compactMap(Post.init(column:)))
        self.init(
            live: Session(
                id: try row["id"], token: token, csrf: csrf, stage: stage, secondsLeft: left,
                isStale: try row["stale"], keepsNothing: try row["keeps_nothing"], viewer: viewer),
            expired: nil)
    }
}

extension Connection {
    /// The session of `token`, its account and the roles in force today (London), in one statement. The benchmark
    /// gives the same one to PostgreSQL's own client.
    static func session(of token: String, in partnership: UUID) -> SQL {
        """
        SELECT s.id, s.account_id, s.csrf, s.stage, a.full_name,
               extract(epoch FROM least(s.expires_at, s.ends_at) - now())::int AS seconds_left,
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

    func touchSession(_ token: String) throws {
        try run("""
            UPDATE app.session SET seen_at = now(), expires_at = now() + make_interval(mins => \(Session.idleMinutes))
            WHERE token_hash = \(Token.hash(token)) AND seen_at < now() - interval '1 minute'
            """)
    }

    /// A new session, at `stage`, for a browser described in a few neutral words.
    func startSession(_ token: String, account: UUID, partnership: UUID, stage: Session.Stage, browser: String) throws {
        let minutes = stage == .full ? Session.idleMinutes : 5
        try run("""
            INSERT INTO app.session (id, token_hash, csrf, partnership_id, account_id, stage, browser, expires_at,
                                     ends_at)
            VALUES (\(UUID()), \(Token.hash(token)), \(Token.random()), \(partnership), \(account), \(stage.rawValue),
                    \(browser), now() + make_interval(mins => \(minutes)),
                    now() + make_interval(hours => \(Session.longestHours)))
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
