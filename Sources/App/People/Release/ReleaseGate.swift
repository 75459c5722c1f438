import Foundation

/// Finds in a text whose addresses, numbers, schools and names it holds, before it leaves (issue 4 of 5, release gate).
/// Patterns find what nobody recorded; what is recorded says whose it is and whether it may leave at all. It suggests:
/// a person decides, but for protected addresses and safe numbers, which are always taken out.
enum ReleaseGate {
    static let withheld = "[withheld]"

    /// Of one text; for several, keep a `GateSearch`.
    static func findings(in text: String, _ known: GateKnowledge) -> [GateFinding] {
        GateSearch(known).findings(in: text)
    }

    /// The text without these findings, wherever they stand.
    static func redacted(_ text: String, without gone: [GateFinding]) -> String {
        // The longest first: a name may be part of an address.
        gone.sorted { $0.words.count > $1.words.count }.reduce(text) { text, finding in
            text.replacing(finding.words, with: withheld)
        }
    }

    /// Places left open in a template: "[day]".
    static func gaps(in text: String) -> [String] {
        text.matches(of: /\[[^\[\]\n]{1,60}\]/).map { String($0.output) }.filter { $0 != withheld }
    }
}
