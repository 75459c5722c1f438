import Crypto
import Foundation
import Pages
import Testing
@testable import App
@testable import AppTestSupport

/// The expected pictures were drawn by another encoder (the Python package qrcode 8) and read back by a third program.
@Suite("QR code")
struct QRCodeTests {
    private func rows(_ code: QRCode) -> [String] {
        (0..<code.size).map { y in
            String((0..<code.size).map { x in code.modules[y * code.size + x] ? "#" as Character : "." })
        }
    }

    private func digest(_ code: QRCode) -> String {
        Data(SHA256.hash(data: Data(rows(code).joined(separator: "\n").utf8))).hex
    }

    @Test("A short word, module by module")
    func word() throws {
        let code = try #require(QRCode("Drystone"))
        #expect(rows(code) == """
            #######..####.#######
            #.....#..##.#.#.....#
            #.###.#.#...#.#.###.#
            #.###.#.#.#...#.###.#
            #.###.#.#..##.#.###.#
            #.....#.#...#.#.....#
            #######.#.#.#.#######
            ........#..##........
            #.#####..#..#.#####..
            ...##...##..##.##.###
            ####.#####.#.#.....#.
            ###.#..##.#....####..
            .##...#....#....##.#.
            ........#########....
            #######...#.#.#..###.
            #.....#.#######.###..
            #.###.#.##..#...##..#
            #.###.#.#.#.#..##.#..
            #.###.#.#.##.#...#...
            #.....#...#....#.##..
            #######.#..#.#...#.#.
            """.split(separator: "\n").map(String.init))
    }

    @Test("An authenticator's address, and the lengths at which the version or the count's width changes", arguments: [
        ("otpauth://totp/Drystone:ada%40example.org?secret=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            + "&issuer=Drystone&algorithm=SHA1&digits=6&period=30", 49,
         "da4caf09cb04fa6af54b83a7169d26699e85e85e3fc1a46275c433ec0d8de198"),
        (String(repeating: "x", count: 213), 57, "5b61c982b56d25234b982f4f8af846b0eceec99e4b8110731fd50415460174a5"),
        (String(repeating: "x", count: 214), 61, "3955bc68f9b3f815fb17dbd5ebb7919b57644238f437dc088df7921b8315b8e1"),
        (String(repeating: "x", count: 666), 97, "444723e60be059247a82da701388ba25443dcef5b36cfe0cca9d51b8da23b3b8"),
    ])
    func longer(text: String, size: Int, expected: String) throws {
        let code = try #require(QRCode(text))
        #expect(code.size == size)
        #expect(digest(code) == expected)
    }

    @Test("Text that does not fit has no picture")
    func tooLong() { #expect(QRCode(String(repeating: "x", count: 667)) == nil) }

    @Test("The picture draws exactly the dark modules, with a margin of four")
    func svg() throws {
        let code = try #require(QRCode("Drystone"))
        let markup = code.svg(label: "\"<a>").description
        #expect(markup.contains("viewBox=\"0 0 29 29\""))
        #expect(markup.contains("aria-label=\"&quot;&lt;a&gt;\""))
        #expect(markup.contains("style=") == false)
        var drawn = 0
        for run in markup.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/) {
            let (x, y, width) = (Int(run.1) ?? 0, Int(run.2) ?? 0, Int(run.3) ?? 0)
            #expect(run.3 == run.4)
            for column in x..<x + width { #expect(code.modules[(y - 4) * code.size + column - 4]) }
            drawn += width
        }
        #expect(drawn == code.modules.count(where: \.self))
    }
}
