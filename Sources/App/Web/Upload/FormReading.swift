import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Pages

/// A form as it came: what was typed, and a file where the route takes one.
struct FormAsSent: Sendable {
    var answers = Answers()
    var upload = Upload.none
}

extension Request {
    private static let plainForm = "application/x-www-form-urlencoded"
    private static let formWithFile = "multipart/form-data"

    /// It says that it is a form that may carry a file.
    var mayCarryFile: Bool {
        headers[.contentType]?.lowercased().hasPrefix(Self.formWithFile) == true
    }

    /// A form without files. `fileField`: the field that would be one; what stands in it is a mark left by us.
    func form(fileField: String?) async throws -> FormAsSent {
        guard headers[.contentType]?.hasPrefix(Self.plainForm) == true, headers[.contentEncoding] == nil else {
            throw Refusal.unreadable
        }
        var bytes: [UInt8] = []
        try await eachPiece(within: Desk.largestForm) { bytes.append(contentsOf: $0.readableBytesView) }
        guard let fields = FormBody.parse(bytes) else { throw Refusal.unreadable }
        let answers = Answers(fields)
        let isLost = fileField.map { !answers[$0].isEmpty } ?? false
        return FormAsSent(answers: answers, upload: isLost ? .lost : .none)
    }

    /// A form that may carry a file in `fileField`; `keeps`: whether there is room for it.
    func formWithFile(_ fileField: String, keeps: Bool) async throws -> FormAsSent {
        guard headers[.contentEncoding] == nil, let boundary else { throw Refusal.unreadable }
        var form = Multipart(boundary: boundary, fileField: fileField, keeps: keeps)
        try await eachPiece(within: Upload.largestForm) { try form.take($0.readableBytesView) }
        try form.finish()
        var answers = Answers(form.fields)
        var upload = form.upload
        if upload == .none, !answers[fileField].isEmpty { upload = .lost }
        if upload != .none { answers.set(fileField, Upload.mark) }
        return FormAsSent(answers: answers, upload: upload)
    }

    /// A form whose file may be large: what was typed comes before it, and decides at `open` whether it is taken. Each
    /// piece of the file goes on as it comes.
    func formWithLargeFile(
        _ fileField: String, open: (Answers) async throws -> any FileTaker
    ) async throws -> (taker: any FileTaker, end: FileEnd) {
        guard headers[.contentEncoding] == nil, let boundary else { throw Refusal.unreadable }
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > LargeFile.form {
            throw Refusal.tooLarge
        }
        var form = Multipart(boundary: boundary, fileField: fileField, keeps: true, largest: LargeFile.bytes)
        var taker: (any FileTaker)?
        var count = 0
        var pieces = body.makeAsyncIterator()
        while let piece = try await next(&pieces) {
            count += piece.readableBytes
            if count > LargeFile.form { throw Refusal.tooLarge }
            try form.take(piece.readableBytesView)
            guard form.isAtFile else { continue }
            let content = form.takeContent()
            if taker == nil { taker = try await open(Answers(form.fields)) }
            if !content.isEmpty { try await taker?.take(content) }
        }
        try form.finish()
        let opened = if let taker { taker } else { try await open(Answers(form.fields)) }
        let end: FileEnd = switch form.upload {
        case .none: .none
        case .tooLarge: .tooLarge
        case .several: .several
        default: .whole
        }
        return (opened, end)
    }

    /// The sender going away, or chunks that make no sense, are no fault of ours.
    private func next(_ pieces: inout RequestBody.AsyncIterator) async throws -> ByteBuffer? {
        do { return try await pieces.next() } catch { throw Refusal.unreadable }
    }

    /// The boundary, where it is one (RFC 2046, 5.1.1).
    private var boundary: [UInt8]? {
        let parts = (headers[.contentType] ?? "").split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == Self.formWithFile else { return nil }
        let parameter = parts[1].drop { $0 == " " }
        guard parameter.lowercased().hasPrefix("boundary=") else { return nil }
        var value = parameter.dropFirst("boundary=".count)
        if value.count > 1, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
        let allowed = Set("'()+_,-./:=?".utf8)
        let isPlain = value.utf8.allSatisfy { byte in
            allowed.contains(byte) || (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        return isPlain && (1...70).contains(value.utf8.count) ? Array(value.utf8) : nil
    }

    private func eachPiece(within limit: Int, _ use: (ByteBuffer) throws -> Void) async throws {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw Refusal.tooLarge }
        var count = 0
        do {
            for try await piece in body {
                count += piece.readableBytes
                if count > limit { throw Refusal.tooLarge }
                try use(piece)
            }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            // The sender went away, or its chunks make no sense: no fault of ours.
            throw Refusal.unreadable
        }
    }
}
