import Pages

/// What a text holds of others and of places, in a form: ticked (`keep`), it stays; whatever may never leave has no
/// box.
/// `value` is what the form sends for a finding, by its place or by its words.
func gateFields(_ findings: [GateFinding], in answers: Answers, value: (Int, GateFinding) -> String) -> HTML {
    if findings.isEmpty {
        return plain(["No address, number, school or name of somebody around her was found in it. Read it once more."])
    }
    let gone = findings.filter(\.mustGo)
    let goneWords = gone.map { "\($0.words) (\($0.kind.label.lowercased()))" }.joined(separator: ", ")
    let always: HTML? = gone.isEmpty ? nil : GovUK.warningText("Taken out whatever you choose: \(goneWords).")
    let options = findings.enumerated().filter { !$0.element.mustGo }.map { index, finding in
        GovUK.Choice(value(index, finding), finding.words, hint: finding.whose.map { "\(finding.kind.label), \($0)" }
            ?? finding.kind.label)
    }
    let choices: HTML? = options.isEmpty ? nil : GovUK.checkboxes(
        "keep", legend: "Which of these must the reader see?",
        hint: "Whatever is not ticked leaves as “\(ReleaseGate.withheld)”.", options: options, in: answers)
    return "\(always)\(choices)"
}
