extension GovUK {
    /// One line of text.
    ///
    /// `prefix` and `suffix` are units such as "£" or "nights"; screen readers skip them, so the label says them too.
    /// `inputmode` asks a phone for a keyboard, such as "numeric". Turn `spellcheck` off for names and references.
    public static func input(
        _ name: String, label: String, hint: String? = nil, type: String = "text", width: InputWidth? = nil,
        autocomplete: String? = nil, inputmode: String? = nil, spellcheck: Bool? = nil,
        labelSize: LabelSize = .normal, headingLabel: Bool = false, prefix: String? = nil, suffix: String? = nil,
        in answers: Answers
    ) -> HTML {
        let field = Field(name, hint: hint, in: answers)
        let value = answers[name].isEmpty ? nil : answers[name]
        let control: HTML = """
            <input class="\(inputClasses(width, isWrong: field.error != nil))" id="\(name)" name="\(name)" \
            type="\(type)"\(attribute: "spellcheck", spellcheck.map(String.init))\(attribute: "value", value)\
            \(attribute: "aria-describedby", field.describedBy)\(attribute: "autocomplete", autocomplete)\
            \(attribute: "inputmode", inputmode)>
            """
        let heading = self.label(label, for: name, size: labelSize, isHeading: headingLabel)
        return field.group("\(heading)\(field.guidance)\(affixed(control, prefix: prefix, suffix: suffix))")
    }

    /// A time of day as one line of text; readers may type 9am, 09:00 or 9.
    public static func timeInput(
        _ name: String, label: String, hint: String? = "For example, 9:30am or 14:00", in answers: Answers
    ) -> HTML {
        input(name, label: label, hint: hint, width: .five, autocomplete: "off", spellcheck: false, in: answers)
    }

    /// A password, with a button that shows it. What was typed is never sent back.
    /// Use "new-password" for `autocomplete` where one is chosen.
    public static func passwordInput(
        _ name: String, label: String, hint: String? = nil, autocomplete: String = "current-password",
        in answers: Answers
    ) -> HTML {
        let field = Field(name, hint: hint, in: answers)
        let classes = inputClasses(nil, isWrong: field.error != nil, extra: "govuk-password-input__input")
        let content: HTML = """
            \(self.label(label, for: name, size: .normal, isHeading: false))\(field.guidance)\
            <div class="govuk-input__wrapper govuk-password-input__wrapper">\
            <input class="\(classes)" id="\(name)" name="\(name)" type="password" spellcheck="false"\
            \(attribute: "aria-describedby", field.describedBy) autocomplete="\(autocomplete)" autocapitalize="none">
            <button type="button" class="govuk-button govuk-button--secondary govuk-password-input__toggle \
            govuk-js-password-input-toggle" data-module="govuk-button" aria-controls="\(name)" \
            aria-label="Show password" hidden>Show</button></div>
            """
        let module: HTML = " data-module=\"govuk-password-input\""
        return field.group(content, extraClass: "govuk-password-input", attributes: module)
    }

    /// A file to send. The form needs `enctype="multipart/form-data"`. `accept` is a list such as ".csv,.xlsx".
    public static func fileUpload(
        _ name: String, label: String, hint: String? = nil, accept: String? = nil, labelSize: LabelSize = .normal,
        in answers: Answers
    ) -> HTML {
        let field = Field(name, hint: hint, in: answers)
        let classes = classes(["govuk-file-upload", field.error.map { _ in "govuk-file-upload--error" }])
        return field.group("""
            \(self.label(label, for: name, size: labelSize, isHeading: false))\(field.guidance)\
            <input class="\(classes)" id="\(name)" name="\(name)" type="file"\
            \(attribute: "aria-describedby", field.describedBy)\(attribute: "accept", accept)>
            """)
    }

    /// A value that the form carries without showing it.
    public static func hidden(_ name: String, _ value: String) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }

    static func inputClasses(_ width: InputWidth?, isWrong: Bool, extra: String? = nil) -> String {
        let script = extra.map { _ in "govuk-js-password-input-input" }
        return classes(["govuk-input", extra, script, width?.rawValue, isWrong ? "govuk-input--error" : nil])
    }

    private static func affixed(_ control: HTML, prefix: String?, suffix: String?) -> HTML {
        if prefix == nil && suffix == nil { return control }
        let before = prefix.map { text -> HTML in
            "<div class=\"govuk-input__prefix\" aria-hidden=\"true\">\(text)</div>"
        }
        let after = suffix.map { text -> HTML in
            "<div class=\"govuk-input__suffix\" aria-hidden=\"true\">\(text)</div>"
        }
        return "<div class=\"govuk-input__wrapper\">\(before)\(control)\(after)</div>"
    }
}
