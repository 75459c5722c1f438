/// The prepared statements of one connection by their text, the least recently used given up beyond the limit.
struct StatementCache {
    /// A prepared statement on the server.
    final class Entry {
        let name: String
        /// Known from the first answer on.
        var columns: Columns?
        fileprivate var used: UInt64 = 0
        init(name: String) { self.name = name }
    }

    let limit: Int
    private var entries: [String: Entry] = [:]
    private var uses: UInt64 = 0
    private var named: UInt64 = 0
    /// Names that are no longer ours but still the server's; to be deallocated with the next exchange that can.
    private(set) var abandoned: [String] = []

    init(limit: Int) { self.limit = limit }

    var count: Int { entries.count }

    mutating func find(_ text: String) -> Entry? {
        guard let entry = entries[text] else { return nil }
        uses += 1
        entry.used = uses
        return entry
    }

    /// A new entry; beyond the limit the one that was not used for longest goes.
    mutating func insert(_ text: String) -> Entry {
        if entries.count >= limit, let oldest = entries.min(by: { $0.value.used < $1.value.used }) {
            entries[oldest.key] = nil
            abandoned.append(oldest.value.name)
        }
        named += 1
        uses += 1
        let entry = Entry(name: "d\(named)")
        entry.used = uses
        entries[text] = entry
        return entry
    }

    /// Forgets a statement; `onServer` when the server still has it.
    mutating func remove(_ text: String, onServer: Bool) {
        guard let entry = entries.removeValue(forKey: text) else { return }
        if onServer { abandoned.append(entry.name) }
    }

    /// The server knows none of them any more.
    mutating func removeAll() {
        entries = [:]
        abandoned = []
    }

    mutating func deallocated(_ name: String) {
        abandoned.removeAll { $0 == name }
    }
}
