import Foundation

/// Reads `multipart/form-data` (RFC 7578) as browsers send it, piece by piece, and refuses everything else: a file is
/// kept in memory up to its limit, or passed over, and nothing is ever written to a disk.
struct Multipart {
    /// The head of one part.
    static let largestHead = 4_096
    /// What was typed, all fields together.
    static let largestText = Desk.largestForm

    /// The fields that were typed.
    private(set) var fields: [String: [String]] = [:]
    /// The form has come to its file: what is typed further on says nothing about whether it may be taken.
    private(set) var isAtFile = false
    private let fileField: String
    private let keeps: Bool
    private let largest: Int
    private let delimiter: [UInt8]
    private var state = State.start
    private var waiting: [UInt8] = []
    private var part = Part(name: "", isFile: false)
    private var parts = 0
    private var textBytes = 0
    private var files = 0
    private var isTooLarge = false
    private var content: [UInt8] = []

    private enum State { case start, head, body, betweenParts, end }

    private struct Part {
        let name: String
        let isFile: Bool
        /// An empty name is what a browser sends when no file was chosen.
        var isNamed = false
        var bytes = 0
        var text: [UInt8] = []
    }

    /// `fileField` is the one field that may be a file, of `largest` bytes; `keeps`: whether there is room for it.
    init(boundary: [UInt8], fileField: String, keeps: Bool, largest: Int = Upload.largest) {
        (self.fileField, self.keeps, self.largest) = (fileField, keeps, largest)
        delimiter = Array("\r\n--".utf8) + boundary
    }

    /// What became of the file, once everything is read.
    var upload: Upload {
        if files > 1 { return .several }
        if files == 0 { return .none }
        if isTooLarge { return .tooLarge }
        return keeps ? .file(content) : .crowded
    }

    /// What came of the file since this was last asked, for whoever takes it as it comes.
    mutating func takeContent() -> [UInt8] {
        defer { content.removeAll(keepingCapacity: true) }
        return content
    }

    /// Takes the next bytes of the body. `unreadable` for anything that is no such form, `tooLarge` for one whose
    /// words are too long.
    mutating func take(_ bytes: some Sequence<UInt8>) throws(Refusal) {
        waiting.append(contentsOf: bytes)
        var at = 0
        while try step(&at) {}
        waiting.removeFirst(at)
    }

    /// The body has ended: it must have been whole.
    func finish() throws(Refusal) {
        guard state == .end, parts > 0, waiting.isEmpty || waiting == [13, 10] else { throw .unreadable }
    }

    /// Reads on from `at`; false when more bytes are needed.
    private mutating func step(_ at: inout Int) throws(Refusal) -> Bool {
        switch state {
        case .start:
            let opening = delimiter.dropFirst(2)
            guard waiting.count - at >= opening.count else { return false }
            guard waiting[at..<at + opening.count].elementsEqual(opening) else { throw .unreadable }
            at += opening.count
            state = .betweenParts
        case .betweenParts:
            guard waiting.count - at >= 2 else { return false }
            switch (waiting[at], waiting[at + 1]) {
            case (13, 10): state = .head
            case (45, 45): state = .end
            default: throw .unreadable
            }
            at += 2
        case .head:
            guard let end = find([13, 10, 13, 10], from: at) else {
                if waiting.count - at > Self.largestHead { throw .unreadable }
                return false
            }
            if end - at > Self.largestHead { throw .unreadable }
            try begin(Array(waiting[at..<end]))
            at = end + 4
            state = .body
        case .body:
            guard let end = find(delimiter, from: at) else {
                // The last bytes may be the beginning of a delimiter.
                let safe = max(at, waiting.count - delimiter.count + 1)
                try add(at..<safe)
                at = safe
                return false
            }
            try add(at..<end)
            try close()
            at = end + delimiter.count
            state = .betweenParts
        case .end:
            if waiting.count - at > 2 { throw .unreadable }
            return false
        }
        return true
    }

    private mutating func begin(_ head: [UInt8]) throws(Refusal) {
        parts += 1
        guard parts <= FormBody.mostFields, let described = PartHead(head) else { throw .unreadable }
        let isFile = described.filename != nil
        // A file where none was asked for is nothing that a form of ours sends.
        if isFile, described.name != fileField { throw .unreadable }
        part = Part(name: described.name, isFile: isFile, isNamed: described.filename?.isEmpty == false)
        isAtFile = isAtFile || isFile
    }

    private mutating func add(_ range: Range<Int>) throws(Refusal) {
        if range.isEmpty { return }
        part.bytes += range.count
        guard part.isFile else {
            textBytes += range.count
            if textBytes > Self.largestText { throw .tooLarge }
            part.text.append(contentsOf: waiting[range])
            return
        }
        if part.bytes > largest { isTooLarge = true }
        if keeps, !isTooLarge, files == 0 { content.append(contentsOf: waiting[range]) } else { content = [] }
    }

    private mutating func close() throws(Refusal) {
        if part.isFile {
            if part.isNamed || part.bytes > 0 { files += 1 }
            return
        }
        guard !part.text.contains(0), let text = String(validating: part.text, as: UTF8.self) else { throw .unreadable }
        fields[part.name, default: []].append(text.contains("\r") ? text.replacing("\r\n", with: "\n") : text)
    }

    /// Where `pattern`, which begins with CR, stands first.
    private func find(_ pattern: [UInt8], from start: Int) -> Int? {
        waiting.withUnsafeBytes { all -> Int? in
            guard let base = all.baseAddress else { return nil }
            var at = start
            while at + pattern.count <= all.count {
                guard let next = memchr(base + at, 13, all.count - at) else { return nil }
                at = UnsafeRawPointer(next) - base
                if at + pattern.count > all.count { return nil }
                if memcmp(base + at, pattern, pattern.count) == 0 { return at }
                at += 1
            }
            return nil
        }
    }
}
