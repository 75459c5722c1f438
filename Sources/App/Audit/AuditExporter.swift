import Foundation
import Postgres

/// Writes the sealed log out, a page at a time, in the order of its sealing: memory doesn't grow with the log.
struct AuditExporter: Sendable {
    /// Connected as the auditor.
    let database: Database
    let partnership: UUID
    let writer: AuditExportWriter
    /// Rows a page.
    var page = 1_000

    /// What was written.
    struct Summary: Equatable, Sendable {
        var rows = 0
        var checkpoints = 0
        /// Rows that the last checkpoint covers.
        var size = 0
    }

    /// Writes up to the last checkpoint there is now. `progress` gets the rows read and the rows there are.
    func export(
        to write: (String) throws -> Void, progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws -> Summary {
        let size = try await database.transaction(readOnly: true) { db in try db.lastSealing(partnership)?.size ?? 0 }
        var summary = Summary(size: size)
        try write(writer.header())
        var (row, checkpoint) = (0, 0)
        while checkpoint < size {
            let (after, checkpointAfter) = (row, checkpoint)
            let rows = try await database.transaction(readOnly: true) { db in
                try db.sealedRows(partnership, after: after, limit: page).filter { $0.n <= size }
            }
            // The last page, even an empty one because somebody deleted rows, goes up to the last checkpoint.
            row = rows.count == page ? rows.last?.n ?? size : size
            let upTo = row
            let checkpoints = try await database.transaction(readOnly: true) { db in
                try db.checkpoints(partnership, after: checkpointAfter, upTo: upTo)
            }
            try write(merged(rows, checkpoints))
            summary.rows += rows.count
            summary.checkpoints += checkpoints.count
            checkpoint = row == size ? size : checkpoints.last?.size ?? checkpoint
            progress(row, size)
        }
        return summary
    }

    /// Each checkpoint straight after the row that its size names.
    private func merged(
        _ rows: [(n: Int, leaf: AuditLeaf, hash: Data)], _ checkpoints: [(size: Int, note: String)]
    ) -> String {
        var (text, rest) = ("", checkpoints[...])
        for row in rows {
            while let next = rest.first, next.size < row.n {
                text += writer.checkpoint(next.note)
                rest.removeFirst()
            }
            text += writer.row(n: row.n, row.leaf, storedHash: row.hash)
        }
        return text + rest.map { writer.checkpoint($0.note) }.joined()
    }
}
