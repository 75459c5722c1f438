import Foundation
import Pages

/// The release gate on a page that is printed: what may not leave in writing is taken out of its typed words, and the
/// rest of what they give away is said above them, on the screen alone (issue 4 of 5, release gate).
struct PaperGate: Sendable {
    private let search: GateSearch
    /// Who will read the paper, as a sentence's end: "the agencies of the MARAC".
    let reader: String
    /// Taken out wherever they stand.
    let withheld: Set<GateFinding.Kind>

    init(
        known: GateKnowledge, reader: String,
        withheld: Set<GateFinding.Kind> = [.protectedAddress, .protectedNumber]
    ) {
        search = GateSearch(known)
        self.reader = reader
        self.withheld = withheld
    }

    /// A text as it leaves.
    func cleaned(_ text: String) -> String {
        ReleaseGate.redacted(text, without: findings(in: text).filter { withheld.contains($0.kind) })
    }

    /// For whoever is about to print: never on the paper itself.
    func note(on texts: [String]) -> HTML {
        var found: [GateFinding] = []
        for finding in texts.flatMap(findings) where !found.contains(finding) { found.append(finding) }
        let gone = found.filter { withheld.contains($0.kind) }, stays = found.filter { !withheld.contains($0.kind) }
        return """
            <div class="drystone-unprinted">
            <p class="govuk-body">Who will read it: <strong>\(reader)</strong>.</p>
            \(list("Taken out of what was typed:", gone))\(list("They will read:", stays))\(found.isEmpty
                ? "<p class=\"govuk-body\">No address, number, school or name of somebody else was found in what was "
                    + "typed. Read it once more.</p>" : HTML.empty)
            </div>
            """
    }

    private func findings(in text: String) -> [GateFinding] { search.findings(in: text) }

    private func list(_ opening: String, _ findings: [GateFinding]) -> HTML {
        if findings.isEmpty { return .empty }
        let items = findings.map { finding -> HTML in
            let whose = finding.whose.map { ", \($0)" } ?? ""
            return "\(finding.words) (\(finding.kind.label.lowercased())\(whose))"
        }
        return "<p class=\"govuk-body\">\(opening)</p>\(GovUK.list(items))"
    }
}
