extension GovUK {
    /// One answer out of a long list. Prefer radios when there are fewer than about ten.
    public static func select(
        _ name: String, label: String, hint: String? = nil, options: [Choice], labelSize: LabelSize = .normal,
        headingLabel: Bool = false, in answers: Answers
    ) -> HTML {
        let field = Field(name, hint: hint, in: answers)
        let chosen = answers[name]
        let items = options.map { option -> HTML in
            let selected = option.value == chosen && !chosen.isEmpty
            return "<option value=\"\(option.value)\"\(flag: "selected", on: selected)>\(option.label)</option>"
        }
        let classes = classes(["govuk-select", field.error.map { _ in "govuk-select--error" }])
        return field.group("""
            \(self.label(label, for: name, size: labelSize, isHeading: headingLabel))\(field.guidance)\
            <select class="\(classes)" id="\(name)" name="\(name)"\
            \(attribute: "aria-describedby", field.describedBy)>\(items)</select>
            """)
    }
}
