import Foundation
import Testing

/// The commands as they are built, beside these tests.
enum BuiltTool {
    struct Said {
        let status: Int32
        let out: String
        let error: String

        func json() throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any])
        }
    }

    static func run(_ command: String, _ words: [String]) throws -> Said {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let process = Process(), (out, error) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: tests).deletingLastPathComponent()
            .appendingPathComponent("drystone-tools")
        process.arguments = [command] + words
        process.standardInput = FileHandle.nullDevice
        // Where the launcher puts the helper for workbooks: beside the assets.
        var environment = ProcessInfo.processInfo.environment
        environment["DRYSTONE_SHEET"] = environment["DRYSTONE_ASSETS"].map { $0 + "/../sheet" }
        process.environment = environment
        process.standardOutput = out
        process.standardError = error
        try process.run()
        let said = (out.fileHandleForReading.readDataToEndOfFile(), error.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        return Said(
            status: process.terminationStatus, out: String(decoding: said.0, as: UTF8.self),
            error: String(decoding: said.1, as: UTF8.self))
    }

    /// Runs it on files with these contents, in their order; `{0}` in the words is the first.
    static func run(_ command: String, on files: [String], _ words: [String]) throws -> Said {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(command)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var words = words
        for (place, content) in files.enumerated() {
            let file = folder.appendingPathComponent("\(place).json")
            try Data(content.utf8).write(to: file)
            words = words.map { $0 == "{\(place)}" ? file.path : $0 }
        }
        return try run(command, words)
    }
}
