/// The text format of COPY: a line a row, a tab between columns, `\N` for NULL.
enum CopyText {
    /// Appends one row as a line.
    static func append(_ row: [String?], to line: inout [UInt8]) {
        for (index, cell) in row.enumerated() {
            if index > 0 { line.append(UInt8(ascii: "\t")) }
            guard let cell else {
                line.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "N")])
                continue
            }
            for byte in cell.utf8 {
                switch byte {
                case UInt8(ascii: "\\"): line.append(contentsOf: [byte, byte])
                case UInt8(ascii: "\n"): line.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
                case UInt8(ascii: "\r"): line.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
                case UInt8(ascii: "\t"): line.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
                default: line.append(byte)
                }
            }
        }
        line.append(UInt8(ascii: "\n"))
    }

    /// The cells of one line, which may end in a newline.
    static func row(_ line: UnsafeBufferPointer<UInt8>) -> [String?] {
        var cells: [String?] = []
        var cell: [UInt8] = []
        var isNull = false
        var index = 0
        let end = line.last == UInt8(ascii: "\n") ? line.count - 1 : line.count
        func finish() {
            cells.append(isNull ? nil : String(decoding: cell, as: UTF8.self))
            cell.removeAll(keepingCapacity: true)
            isNull = false
        }
        while index < end {
            let byte = line[index]
            index += 1
            if byte == UInt8(ascii: "\t") {
                finish()
            } else if byte == UInt8(ascii: "\\"), index < end {
                if line[index] == UInt8(ascii: "N") { isNull = true } else { cell.append(unescape(line[index])) }
                index += 1
            } else {
                cell.append(byte)
            }
        }
        finish()
        return cells
    }

    private static func unescape(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "b"): 8
        case UInt8(ascii: "f"): 12
        case UInt8(ascii: "n"): 10
        case UInt8(ascii: "r"): 13
        case UInt8(ascii: "t"): 9
        case UInt8(ascii: "v"): 11
        default: byte
        }
    }
}
