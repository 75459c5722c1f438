/// Pictures, as far as they must be understood: whether one is whole, and what in it is not picture. A photograph says
/// where it was taken: that is dropped before it is stored (security.md, T23).
enum Picture {
    static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func isWholePNG(_ bytes: [UInt8]) -> Bool { pngChunks(bytes) != nil }
    static func isWholeJPEG(_ bytes: [UInt8]) -> Bool { jpegSegments(bytes) != nil }

    /// The picture alone: no place, no camera, no dates, no comments. Other kinds are returned as they are.
    static func withoutWords(_ bytes: [UInt8], _ kind: DocumentKind) -> [UInt8] {
        switch kind {
        case .png:
            guard let chunks = pngChunks(bytes) else { return bytes }
            let kept = chunks.filter { !["tEXt", "zTXt", "iTXt", "eXIf", "tIME"].contains($0.name) }
            return pngSignature + kept.flatMap { bytes[$0.range] }
        case .jpeg:
            guard let segments = jpegSegments(bytes) else { return bytes }
            return [0xFF, 0xD8] + segments.filter { $0.isPicture(bytes) }.flatMap { bytes[$0.range] }
        case .pdf, .docx, .xlsx, .odt, .ods: return bytes
        }
    }

    /// The chunks of a PNG from IHDR to IEND, with nothing behind them; nil where they don't fit.
    private static func pngChunks(_ bytes: [UInt8]) -> [(name: String, range: Range<Int>)]? {
        var at = pngSignature.count
        var found: [(name: String, range: Range<Int>)] = []
        while at + 12 <= bytes.count, found.count < 100_000 {
            let length = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - at - 12 else { return nil }
            let name = String(decoding: bytes[at + 4..<at + 8], as: UTF8.self)
            found.append((name, at..<at + 12 + length))
            at += 12 + length
            if name == "IEND" { return at == bytes.count && found[0].name == "IHDR" ? found : nil }
        }
        return nil
    }

    private struct Segment {
        let marker: UInt8
        let range: Range<Int>

        /// Keeps what a viewer needs, among it the colour profile and Adobe's colour mark; drops Exif, XMP, IPTC and
        /// comments.
        func isPicture(_ bytes: [UInt8]) -> Bool {
            switch marker {
            case 0xE0, 0xEE: true
            case 0xE2: bytes[range].dropFirst(4).starts(with: "ICC_PROFILE".utf8)
            case 0xE1...0xEF, 0xFE: false
            default: true
            }
        }
    }

    /// The segments of a JPEG after its first marker, the picture's data with the scan that it follows; nil where they
    /// don't fit, or nothing ends them. What some cameras put behind the end is dropped with the rest.
    private static func jpegSegments(_ bytes: [UInt8]) -> [Segment]? {
        var at = 2
        var found: [Segment] = []
        var hasScan = false
        while at + 2 <= bytes.count, found.count < 100_000 {
            guard bytes[at] == 0xFF else { return nil }
            let marker = bytes[at + 1]
            if marker == 0xFF {
                at += 1
                continue
            }
            if marker == 0xD9 {
                found.append(Segment(marker: marker, range: at..<at + 2))
                return hasScan ? found : nil
            }
            guard at + 4 <= bytes.count else { return nil }
            let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
            guard length >= 2, at + 2 + length <= bytes.count else { return nil }
            var end = at + 2 + length
            if marker == 0xDA {
                hasScan = true
                guard let next = afterScan(bytes, from: end) else { return nil }
                end = next
            }
            found.append(Segment(marker: marker, range: at..<end))
            at = end
        }
        return nil
    }

    /// Where the data of a scan ends: at the next marker that is neither a stuffed byte nor a restart.
    private static func afterScan(_ bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            var at = start
            while at + 1 < bytes.count {
                let next = bytes[at + 1]
                if bytes[at] == 0xFF, next != 0, next != 0xFF, !(0xD0...0xD7).contains(next) { return at }
                at += 1
            }
            return nil
        }
    }
}
