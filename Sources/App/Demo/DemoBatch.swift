/// The rows that are waiting to be sent, table by table.
struct DemoBatch: Sendable {
    private var tables = [DemoRows](repeating: DemoRows(), count: DemoTable.allCases.count)

    /// The waiting rows of a table.
    subscript(table: DemoTable) -> DemoRows {
        get { tables[table.rawValue] }
        _modify { yield &tables[table.rawValue] }
    }

    /// Bytes waiting.
    var size: Int { tables.reduce(0) { $0 + $1.bytes.count } }

    /// Hands over every table that has rows, in an order that no reference minds, and forgets them.
    mutating func send(_ receive: (DemoTable, DemoRows) throws -> Void) rethrows {
        for table in DemoTable.allCases where tables[table.rawValue].count > 0 {
            try receive(table, tables[table.rawValue])
            tables[table.rawValue].removeAll()
        }
    }
}
