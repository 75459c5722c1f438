import Foundation
import Pages
import Testing

/// Where the oracle's output is, from the environment; see `Tests/Tools/govuk_oracle.py`.
private let goldenPath = ProcessInfo.processInfo.environment["GOVUK_GOLDEN"].flatMap { $0.isEmpty ? nil : $0 }

@Suite("Our components write the markup of GOV.UK Frontend 5.11.1")
struct GoldenTests {
    static let cases = formCases.merging(controlCases) { first, _ in first }
        .merging(contentCases) { first, _ in first }
        .merging(navigationCases) { first, _ in first }

    @Test(
        "A component equals Frontend's",
        .enabled(if: goldenPath != nil, "GOVUK_GOLDEN names no output of govuk_oracle.py"),
        arguments: cases.keys.sorted())
    func equals(key: String) throws {
        let golden = try readGolden()
        let ours = try #require(Self.cases[key])
        let theirs = try #require(golden[key])
        let pairs = zip(tokens(of: ours.description) + ["end"], theirs + ["end"])
        for (mine, expected) in pairs where mine != expected {
            Issue.record("\(key): ours is \(mine), Frontend's is \(expected)")
            break
        }
    }

    @Test(
        "Every case of the oracle has one of ours",
        .enabled(if: goldenPath != nil, "GOVUK_GOLDEN names no output of govuk_oracle.py"))
    func complete() throws {
        #expect(try readGolden().keys.sorted() == Self.cases.keys.sorted())
    }

    @Test("No component has a style or a script in it", arguments: cases.keys.sorted())
    func noInlineStyleOrScript(key: String) throws {
        for token in tokens(of: try #require(Self.cases[key]).description) where token.hasPrefix("<") {
            #expect(!token.hasPrefix("<script") && !token.hasPrefix("<style"))
            #expect(!token.contains(" style=\"") && !token.contains(" on"))
        }
    }

    @Test("Every description that a control names is on the page, once", arguments: cases.keys.sorted())
    func descriptionsResolve(key: String) throws {
        let markup = try #require(Self.cases[key]).description
        let ids = values(of: "id", in: markup)
        #expect(Set(ids).count == ids.count)
        guard key != "fieldset with a plain legend" else { return }
        for names in values(of: "aria-describedby", in: markup) {
            for name in names.split(separator: " ") { #expect(ids.contains(String(name))) }
        }
    }

    private func values(of attribute: String, in markup: String) -> [String] {
        tokens(of: markup).filter { $0.hasPrefix("<") }.compactMap { token in
            token.firstRange(of: " \(attribute)=\"").map { String(token[$0.upperBound...].prefix { $0 != "\"" }) }
        }
    }

    private func readGolden() throws -> [String: [String]] {
        let data = try Data(contentsOf: URL(fileURLWithPath: try #require(goldenPath)))
        return try JSONDecoder().decode([String: [String]].self, from: data)
    }
}
