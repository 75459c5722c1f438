import Foundation

@testable import AppTestSupport

/// A Swift file of `Sources`, for the tests of the house's own rules.
struct SourceFile: Sendable {
    /// Below `Sources`: "App/Web/Page.swift".
    let path: String
    let text: String

    /// Every one, in order of their paths. Read once for all tests.
    static func all() throws -> [SourceFile] { try read.get() }

    private static let read = Result { try readAll() }

    private static func readAll() throws -> [SourceFile] {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 1...4 { root.deleteLastPathComponent() }
        root.appendPathComponent("Sources")
        let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            SourceFile(
                path: path, text: try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8))
        }
    }

    /// Its name without the folders.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The folder of `App` that it lives in; nil outside `App`.
    var room: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "App" ? String(parts[1]) : nil
    }

    /// Its lines, without the empty one after the last.
    var lines: [Substring] {
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
        return all.last?.isEmpty == true ? all.dropLast() : all
    }

    /// Its words outside comments and quoted text; what is interpolated into a text counts, what is quoted does not.
    let code: String
    /// Its quoted texts, one after the other.
    let quotations: [String]

    init(path: String, text: String) {
        (self.path, self.text) = (path, text)
        let read = SourceReader(text)
        (code, quotations) = (read.code, read.quotations)
    }
}

/// Tells code, quoted text and comments apart, as far as this project's style needs it. On bytes: a debug build that
/// walks characters takes minutes for this project.
private struct SourceReader {
    let code: String
    private(set) var quotations: [String] = []

    /// What surrounds the present place, the innermost last.
    private enum Frame {
        /// Code, with the brackets open in it: an interpolation ends at the bracket that closes it.
        case code(brackets: Int)
        case quotation(end: [UInt8], hashes: Int)
    }

    init(_ text: String) {
        let bytes = Array(text.utf8)
        let (quote, hash, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "\\"))
        let (open, close, newline) = (UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\n"))
        var frames = [Frame.code(brackets: 0)]
        var (plain, quoted): ([UInt8], [[UInt8]]) = ([], [])
        var at = 0
        func count(_ byte: UInt8, from start: Int, most: Int) -> Int {
            var number = 0
            while number < most, start + number < bytes.count, bytes[start + number] == byte { number += 1 }
            return number
        }
        while at < bytes.count {
            let byte = bytes[at]
            switch frames[frames.count - 1] {
            case .code(let brackets):
                let hashes = byte == hash ? count(hash, from: at, most: 9) : 0
                if byte == UInt8(ascii: "/"), count(byte, from: at, most: 2) == 2 {
                    while at < bytes.count, bytes[at] != newline { at += 1 }
                } else if count(quote, from: at + hashes, most: 1) == 1 {
                    let quotes = count(quote, from: at + hashes, most: 3) == 3 ? 3 : 1
                    let end = [UInt8](repeating: quote, count: quotes) + [UInt8](repeating: hash, count: hashes)
                    frames.append(.quotation(end: end, hashes: hashes))
                    quoted.append([])
                    plain.append(UInt8(ascii: " "))
                    at += hashes + quotes
                } else if byte == close, brackets == 0, frames.count > 1 {
                    frames.removeLast()
                    plain.append(UInt8(ascii: " "))
                    at += 1
                } else {
                    if byte == open { frames[frames.count - 1] = .code(brackets: brackets + 1) }
                    if byte == close { frames[frames.count - 1] = .code(brackets: brackets - 1) }
                    plain.append(byte)
                    at += 1
                }
            case .quotation(let end, let hashes):
                let isEscape = byte == backslash && count(hash, from: at + 1, most: hashes) == hashes
                if byte == quote, bytes[at...].starts(with: end) {
                    frames.removeLast()
                    quotations.append(String(decoding: quoted.removeLast(), as: UTF8.self))
                    at += end.count
                } else if isEscape, count(open, from: at + 1 + hashes, most: 1) == 1 {
                    frames.append(.code(brackets: 0))
                    quoted[quoted.count - 1].append(UInt8(ascii: "?"))
                    at += 2 + hashes
                } else {
                    let next = min(at + (isEscape ? 2 + hashes : 1), bytes.count)
                    quoted[quoted.count - 1] += bytes[at..<next]
                    at = next
                }
            }
        }
        code = String(decoding: plain, as: UTF8.self)
    }
}
