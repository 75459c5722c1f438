import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The style sheet, script, font and icon: read once at start, served from memory under names that change with
/// their content, so that a browser may keep them for a year. Nothing else is ever served from disk.
struct Assets: Sendable {
    private struct File: Sendable {
        let type: String
        let plain: ByteBuffer
        let gzipped: ByteBuffer?
    }
    private let names: [String: String]
    private let files: [String: File]
    /// The licences of what is in the directory, for the licence page.
    let notices: String

    init(directory: String) throws {
        guard let manifest = FileManager.default.contents(atPath: directory + "/manifest.json"),
            let names = try? JSONDecoder().decode([String: String].self, from: manifest) else {
            throw Settings.Unusable(description: "No assets in \(directory). Run the launcher, which prepares them.")
        }
        var files: [String: File] = [:]
        for name in names.values {
            guard let bytes = FileManager.default.contents(atPath: directory + "/" + name) else { continue }
            let gzipped = FileManager.default.contents(atPath: directory + "/" + name + ".gz")
            files[name] = File(
                type: Self.type(of: name), plain: ByteBuffer(bytes: bytes),
                gzipped: gzipped.map { ByteBuffer(bytes: $0) })
        }
        self.names = names
        self.files = files
        notices = names["licences.txt"]
            .flatMap { try? String(contentsOfFile: directory + "/" + $0, encoding: .utf8) } ?? ""
    }

    /// No files: for tests of pages.
    init() { (names, files, notices) = ([:], [:], "") }

    func url(_ name: String) -> String { "/assets/" + (names[name] ?? name) }

    func response(_ name: String, for request: Request) throws(Refusal) -> Response {
        guard let file = files[name] else { throw .notFound }
        var headers: HTTPFields = [
            .contentType: file.type, .cacheControl: "public, max-age=31536000, immutable", .vary: "Accept-Encoding",
        ]
        if let gzipped = file.gzipped, request.headers[.acceptEncoding]?.contains("gzip") == true {
            headers[.contentEncoding] = "gzip"
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: gzipped))
        }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: file.plain))
    }

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "woff2": "font/woff2"
        case "ttf": "font/ttf"
        default: "application/octet-stream"
        }
    }
}
