/// Rows on their way to the database, table by table.
struct DemoBatch: Sendable {
    private var tables = [DemoRows](repeating: DemoRows(), count: DemoTable.allCases.count)

    /// The waiting rows of a table.
    subscript(table: DemoTable) -> DemoRows {
        get { tables[table.rawValue] }
        _modify { yield &tables[table.rawValue] }
    }

    /// Bytes waiting.
    var size: Int { tables.reduce(0) { $0 + $1.bytes.count } }

    /// The tables that have rows, in an order in which nothing refers to what is not there yet.
    var filled: [(table: DemoTable, rows: DemoRows)] {
        DemoTable.allCases.map { ($0, tables[$0.rawValue]) }.filter { $0.rows.count > 0 }
    }
}
