import Foundation
import Testing

@testable import Linkage

/// Files of a test, gone when it ends.
final class Extracts {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "linkage-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func file(_ name: String, _ content: Data) throws -> String {
        let path = folder + "/" + name
        try content.write(to: URL(fileURLWithPath: path))
        return path
    }

    func file(_ name: String, _ lines: [String]) throws -> String {
        try file(name, Data((lines.joined(separator: "\n") + "\n").utf8))
    }

    static let heading = "record_id,agency,event_date,forename,middle_name,surname,dob,sex,postcode,nhs_number,phone"

    /// The lines of two thousand invented records.

    static func lines() throws -> [String] {
        try String(contentsOfFile: path("invented.csv"), encoding: .utf8).split(separator: "\n").map(String.init)
    }

    static func truth() throws -> [String: String] {
        let lines = try String(contentsOfFile: path("truth.csv"), encoding: .utf8).split(separator: "\n").dropFirst()
        return Dictionary(
            uniqueKeysWithValues: lines.map { line in
                let parts = line.split(separator: ",")
                return (String(parts[0]), String(parts[1]))
            })
    }

    static func path(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Data/linkage/" + name).path
    }
}

extension Linkage {
    /// The cluster of each record, by their names.
    var byName: [String: String] {
        Dictionary(
            uniqueKeysWithValues: (0..<count).map { (records.table.name($0), records.table.name(Int(clusters[$0]))) })
    }

    func areTogether(_ one: String, _ other: String) -> Bool { byName[one] == byName[other] }

    static func run(
        _ paths: [String], threads: Int = 1, _ change: (inout LinkageOptions) -> Void = { _ in }
    ) throws -> Linkage {
        var options = LinkageOptions()
        options.threads = threads
        change(&options)
        return try Linkage(paths, options)
    }
}

/// Chance from a seed.
struct Dice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func share() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
