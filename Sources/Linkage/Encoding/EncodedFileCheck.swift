import Crypto
import Foundation

/// Checks an encoded file as it comes, piece by piece: its header, its length and its checksum, in the memory of its
/// header alone. Whoever links reads it whole.
public struct EncodedFileCheck: Sendable {
    /// What a whole file says of itself.
    public struct Checked: Sendable {
        public let header: EncodedHeader
        public let mode: EncodingMode
        /// Files with the same can be linked.
        public let keyID: [UInt8]
        public let count: Int
    }

    /// Whether a file begins as an encoded one does.
    public static func isBegun(by bytes: some Sequence<UInt8>) -> Bool { bytes.starts(with: EncodedFile.magic) }

    private var head: [UInt8] = []
    private var checked: Checked?
    /// How long the file has to be, once its header is read.
    private var length = 0
    private var taken = 0
    /// The last bytes that came: seal and checksum, once the file has ended.
    private var tail: [UInt8] = []
    private var hash = SHA256()

    public init() {}

    /// The next bytes. Throws as soon as nothing that follows could make it good.
    public mutating func take(_ bytes: [UInt8]) throws(EncodedFile.Problem) {
        taken += bytes.count
        tail += bytes
        if tail.count > EncodedFile.seals {
            let body = tail.count - EncodedFile.seals
            tail.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<body])) }
            tail.removeFirst(body)
        }
        if checked == nil {
            head += bytes
            try readHead()
        }
        if checked != nil, taken > length { throw .longer }
    }

    /// The file has ended.
    public func finish() throws(EncodedFile.Problem) -> Checked {
        guard let checked else { throw head.starts(with: EncodedFile.magic) ? .truncated : .other }
        guard taken == length else { throw .truncated }
        let digest = Array(hash.finalize())
        guard SHA256.hash(data: digest + tail.prefix(32)).elementsEqual(tail.suffix(32)) else { throw .altered }
        return checked
    }

    private mutating func readHead() throws(EncodedFile.Problem) {
        let start = EncodedFile.start
        guard head.count >= start else { return }
        func number(_ at: Int, _ count: Int) -> Int { (0..<count).reduce(0) { $0 | Int(head[at + $1]) << (8 * $1) } }
        guard head.starts(with: EncodedFile.magic) else { throw .other }
        let version = number(8, 2), size = number(12, 4), count = number(16, 4)
        guard version == EncodingPlan.version else { throw .newer(version) }
        guard let mode = EncodingMode(rawValue: head[10]), size <= EncodedFile.mostHeader,
            (1...EncodedTable.mostRecords).contains(count)
        else { throw .malformed }
        guard head.count >= start + size else { return }
        guard let header = EncodedHeader(json: head[start..<(start + size)]) else { throw .malformed }
        let columns = EncodingPlan.columns(mode)
            + header.attributes.map { EncodedColumn("attribute_\($0.attribute.rawValue)", 2) }
        guard header.columns == columns, header.mode == mode.name, header.isPossible else { throw .malformed }
        length = columns.reduce(EncodedFile.padded(start + size)) { EncodedFile.padded($0 + $1.bytes * count) }
            + EncodedFile.seals
        checked = Checked(header: header, mode: mode, keyID: Array(head[20..<28]), count: count)
        head = []
    }
}
