import Postgres

/// What is done by one after the other. The numbers keep what has the same key apart, and never change: a server of the
/// version before and one of this must wait for each other while one takes over.
enum Turn: Int {
    case administrators = 0
    case units = 66
    case housingSearch = 68
    case releasedQuarter = 76
    case agencyData = 78
}

extension Connection {
    /// Waits until nobody else does this for `key`; whoever comes later waits for this transaction to end.
    func waitForTurn(_ turn: Turn, of key: String) throws {
        try run("SELECT pg_advisory_xact_lock(hashtextextended(\(key), \(turn.rawValue)))")
    }
}
