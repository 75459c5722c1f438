/// Some rows that wait to be looked up. Where their values are looked up is asked for as they come, and has arrived
/// when they are taken: values stand in tables larger than any cache.
final class WaitingRows {
    private struct Cell {
        var start: UnsafePointer<UInt8>
        var count: Int
        var hash: UInt64
    }

    private struct Row {
        var name: RawTable.Name
        var hash: UInt64
        var line: Int
        var source: UInt8
    }

    private static let most = 24

    private let table: RawTable
    private let width: Int
    private let writers: [Interner.Writer]
    private let rows: UnsafeMutablePointer<Row>
    private let cells: UnsafeMutablePointer<Cell>
    private var count = 0

    init(_ table: RawTable) {
        self.table = table
        writers = table.values.map(\.writer)
        width = writers.count
        rows = .allocate(capacity: Self.most)
        cells = .allocate(capacity: Self.most * width)
    }

    deinit {
        rows.deallocate()
        cells.deallocate()
    }

    var isFull: Bool { count == Self.most }

    @inline(__always)
    func begin(_ name: RawTable.Name, _ source: UInt8, _ line: Int, _ base: UnsafePointer<UInt8>) {
        var hash: UInt64 = 0
        if name.length > 0 {
            hash = Interner.Writer.hash(base + Int(name.start), Int(name.length))
            table.seen.fetch(hash)
        }
        rows[count] = Row(name: name, hash: hash, line: line, source: source)
        count += 1
    }

    /// A value of the row that was begun last.
    @inline(__always)
    func put(_ field: Int, _ start: UnsafePointer<UInt8>, _ length: Int) {
        var cell = Cell(start: start, count: length, hash: 0)
        if length > 0 {
            cell.hash = Interner.Writer.hash(start, length)
            writers[field].fetch(cell.hash)
        }
        cells[(count - 1) * width + field] = cell
    }

    /// Takes what waits, in its order.
    func take(
        _ file: MappedFile, _ names: inout [RawTable.Name], _ sources: inout [UInt8]
    ) throws(LinkageProblem) {
        if count == 0 { return }
        let target = table.makeRoom(names.count + count)
        for at in 0..<count {
            let row = rows[at]
            guard names.count < LinkageLimits.rows else {
                throw LinkageProblem("more than \(LinkageLimits.rows) rows; link fewer years at once.")
            }
            if row.hash != 0, !table.seen.insert(row.hash) {
                table.reject(file, row.line, "its \(table.schema.id ?? "") was used before")
                continue
            }
            let into = target + names.count * width
            for field in 0..<width {
                let cell = cells[at * width + field]
                into[field] = writers[field].intern(cell.start, cell.count, cell.hash)
            }
            names.append(row.name)
            sources.append(row.source)
        }
        count = 0
    }
}
