extension GovUK {
    /// Several lines of text.
    ///
    /// With `maxLength` (characters) it says how long the answer may be, and counts while typing where there is
    /// script. Nothing stops a reader typing more: the server refuses what is too long and keeps it.
    public static func textarea(
        _ name: String, label: String, hint: String? = nil, rows: Int = 5, maxLength: Int? = nil,
        labelSize: LabelSize = .normal, headingLabel: Bool = false, spellcheck: Bool? = nil, in answers: Answers
    ) -> HTML {
        let field = Field(name, hint: hint, in: answers)
        let describedBy = classes([maxLength.map { _ in "\(name)-info" }, field.describedBy])
        let classes = classes([
            "govuk-textarea", field.error.map { _ in "govuk-textarea--error" },
            maxLength.map { _ in "govuk-js-character-count" },
        ])
        // A line break straight after the start tag is dropped by browsers: one more keeps the reader's own.
        let firstBreak: HTML = answers[name].utf8.first == 0x0A || answers[name].utf8.first == 0x0D ? "\n" : ""
        let control: HTML = """
            <textarea class="\(classes)" id="\(name)" name="\(name)" rows="\(rows)"\
            \(attribute: "spellcheck", spellcheck.map(String.init))\
            \(attribute: "aria-describedby", describedBy.isEmpty ? nil : describedBy)>\
            \(firstBreak)\(answers[name])</textarea>
            """
        let heading = self.label(label, for: name, size: labelSize, isHeading: headingLabel)
        let content: HTML = "\(heading)\(field.guidance)\(control)"
        guard let maxLength else { return field.group(content) }
        return field.group(
            "\(content)\(countMessage(name, maxLength))", extraClass: "govuk-character-count",
            attributes: " data-module=\"govuk-character-count\" data-maxlength=\"\(maxLength)\"")
    }

    private static func countMessage(_ name: String, _ maxLength: Int) -> HTML {
        """
        <div id="\(name)-info" class="govuk-hint govuk-character-count__message">\
        You can enter up to \(maxLength) characters</div>
        """
    }
}
