/// Encoded records, a column at a time, in the bytes of the file. Numbers begin with their lowest byte.
struct EncodedRows: Sendable {
    private(set) var columns: [(column: EncodedColumn, bytes: [UInt8])]
    var count = 0

    init(_ columns: [EncodedColumn], room: Int) {
        self.columns = columns.map { column in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(room * column.bytes)
            return (column, bytes)
        }
    }

    mutating func endRecord() { count += 1 }

    @inline(__always)
    mutating func add(_ column: Int, _ value: UInt8) { columns[column].bytes.append(value) }

    @inline(__always)
    mutating func add(_ column: Int, _ value: UInt32) {
        withUnsafeBytes(of: value.littleEndian) { columns[column].bytes.append(contentsOf: $0) }
    }

    @inline(__always)
    mutating func add(_ column: Int, _ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { columns[column].bytes.append(contentsOf: $0) }
    }

    @inline(__always)
    mutating func add(_ column: Int, _ filter: SIMD4<UInt64>) {
        withUnsafeBytes(of: filter) { columns[column].bytes.append(contentsOf: $0) }
    }

    @inline(__always)
    mutating func add(_ column: Int, _ filter: UnsafeBufferPointer<UInt64>) {
        columns[column].bytes.append(contentsOf: UnsafeRawBufferPointer(filter))
    }

    mutating func append(_ column: EncodedColumn, _ bytes: [UInt8]) { columns.append((column, bytes)) }

    func bytes(of name: String) -> [UInt8] { columns.first { $0.column.name == name }?.bytes ?? [] }

    /// A column of eight bytes each, as numbers.
    func words(_ column: Int) -> [UInt64] { Self.numbers(columns[column].bytes) }

    static func numbers<Number: FixedWidthInteger>(_ bytes: [UInt8]) -> [Number] {
        let size = MemoryLayout<Number>.size
        return [Number](unsafeUninitializedCapacity: bytes.count / size) { room, filled in
            filled = bytes.count / size
            bytes.withUnsafeBytes { from in
                for place in 0..<filled {
                    let number = from.loadUnaligned(fromByteOffset: size * place, as: Number.self)
                    room[place] = Number(littleEndian: number)
                }
            }
        }
    }

    /// Puts the columns behind a file, with the records in this order, each column filled up to whole eight bytes.
    func write(_ order: [Int], to file: inout [UInt8]) {
        for (column, bytes) in columns {
            let size = column.bytes, start = file.count
            file += bytes
            while !file.count.isMultiple(of: 8) { file.append(0) }
            file.withUnsafeMutableBytes { room in
                bytes.withUnsafeBytes { from in
                    guard let to = room.baseAddress, let from = from.baseAddress else { return }
                    for (place, record) in order.enumerated() {
                        (to + start + place * size).copyMemory(from: from + record * size, byteCount: size)
                    }
                }
            }
        }
    }
}
