import Foundation

/// Documents of the demonstration, made letter by letter: the same bytes every time, and nobody's.
enum DemoDocument {
    /// One page of plain lines.
    static func pdf(_ lines: [String]) -> [UInt8] {
        let words = lines.map { line in
            "(" + line.replacing("\\", with: "\\\\").replacing("(", with: "\\(").replacing(")", with: "\\)") + ") Tj T*"
        }
        let page = "BT /F1 12 Tf 16 TL 60 780 Td\n" + words.joined(separator: "\n") + "\nET"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                + "/Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(page.utf8.count) >>\nstream\n\(page)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        var text = "%PDF-1.4\n"
        var places: [Int] = []
        for (index, object) in objects.enumerated() {
            places.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = text.utf8.count
        let rows = places.map { place in
            String(repeating: "0", count: 10 - String(place).count) + "\(place) 00000 n \n"
        }
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n\(rows.joined())"
        text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n"
        return Array(text.utf8)
    }

    /// A grey sheet with dark lines on it, as a scan looks from afar.
    static func png(lines: Int) -> [UInt8] {
        let (width, height) = (240, 320)
        var rows: [UInt8] = []
        for y in 0..<height {
            // No filter, then a byte for each point.
            rows.append(0)
            let isLine = y % 16 < 3 && y > 24 && y / 16 <= lines + 1
            for x in 0..<width { rows.append(isLine && (24..<200 - y / 16 % 5 * 14).contains(x) ? 70 : 236) }
        }
        return Picture.pngSignature
            + chunk("IHDR", big(UInt32(width)) + big(UInt32(height)) + [8, 0, 0, 0, 0])
            + chunk("IDAT", stored(rows)) + chunk("IEND", [])
    }

    /// zlib's form without packing (RFC 1950, 1951).
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        var at = 0
        while at < bytes.count {
            let piece = bytes[at..<min(at + 65_535, bytes.count)]
            at += piece.count
            let length = UInt16(piece.count)
            out.append(at == bytes.count ? 1 : 0)
            for word in [length, ~length] { out += [UInt8(word & 0xFF), UInt8(word >> 8)] }
            out += piece
        }
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return out + big(b << 16 | a)
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + content
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in named {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return big(UInt32(content.count)) + named + big(~sum)
    }

    private static func big(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}

extension DemoGenerator {
    /// So many received assessments come with the document itself.
    static let mostDocuments = 6

    /// The form that the police sent along.
    mutating func writeDocument(_ risk: UUID, _ level: String, at: DemoMoment, by: Int, of made: DemoCase) throws {
        guard documents < Self.mostDocuments, let key = keys[made.harmed.id] else { return }
        documents += 1
        var dice = DemoDice(.document, made.key)
        let (id, agency) = (dice.uuid(), organisations.agencies[made.agency].id)
        let isScan = documents % 3 == 0
        let bytes = isScan ? DemoDocument.png(lines: dice.within(6...16)) : DemoDocument.pdf([
            "RISK ASSESSMENT (demonstration: invented)", "", "Tool: police DASH", "Grade: \(level)",
            "Assessed by: response officer", "", "Sent to the service with the referral of the same day.",
        ])
        let place = Place.attachment(id, agency: agency)
        batch[.attachment].add(
            id, partnership, agency, made.harmed.id, made.id, risk, "assessment", 1, isScan ? "png" : "pdf",
            bytes.count, try sealing.seal(Data(bytes), key: key, place: place), at, staff.all[by].id)
    }
}
