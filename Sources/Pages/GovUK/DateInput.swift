extension GovUK {
    /// A date in three inputs: name-day, name-month and name-year.
    ///
    /// An error of `name` marks all three and the summary links to the day; an error of `name-year` marks the year.
    /// `autocomplete` is "bday" for the reader's own date of birth.
    public static func dateInput(
        _ name: String, legend: String, hint: String? = nil, legendSize: LabelSize = .normal,
        legendIsHeading: Bool = false, autocomplete: String? = nil, in answers: Answers
    ) -> HTML {
        let parts = DatePart.allCases
        let whole = answers.error(for: name)
        let first = whole ?? parts.lazy.compactMap { answers.error(for: $0.field(of: name)) }.first
        let field = Field(id: name, hint: hint, error: first)
        let inputs = parts.map { part -> HTML in
            let isWrong = whole != nil || answers.error(for: part.field(of: name)) != nil
            return datePart(part, of: name, isWrong: isWrong, autocomplete: autocomplete, in: answers)
        }
        return field.group(fieldset(
            legend: legend, size: legendSize, isHeading: legendIsHeading, describedBy: field.describedBy,
            role: "group", "\(field.guidance)<div class=\"govuk-date-input\" id=\"\(name)\">\(inputs)</div>"))
    }

    private enum DatePart: String, CaseIterable {
        case day, month, year
        var label: String {
            switch self {
            case .day: "Day"
            case .month: "Month"
            case .year: "Year"
            }
        }
        func field(of name: String) -> String { "\(name)-\(rawValue)" }
    }

    private static func datePart(
        _ part: DatePart, of name: String, isWrong: Bool, autocomplete: String?, in answers: Answers
    ) -> HTML {
        let id = part.field(of: name)
        let value = answers[id].isEmpty ? nil : answers[id]
        let width = part == .year ? InputWidth.four : .two
        let classes = classes([
            "govuk-input govuk-date-input__input", width.rawValue, isWrong ? "govuk-input--error" : nil,
        ])
        return """
            <div class="govuk-date-input__item"><div class="govuk-form-group">\
            <label class="govuk-label govuk-date-input__label" for="\(id)">\(part.label)</label>\
            <input class="\(classes)" id="\(id)" name="\(id)" type="text"\(attribute: "value", value)\
            \(attribute: "autocomplete", autocomplete.map { "\($0)-\(part.rawValue)" }) inputmode="numeric">\
            </div></div>
            """
    }
}
