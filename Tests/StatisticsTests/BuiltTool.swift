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
        process.standardOutput = out
        process.standardError = error
        try process.run()
        let said = (out.fileHandleForReading.readDataToEndOfFile(), error.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        return Said(
            status: process.terminationStatus, out: String(decoding: said.0, as: UTF8.self),
            error: String(decoding: said.1, as: UTF8.self))
    }
}
