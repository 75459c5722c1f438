extension GovUK {
    /// One of the answers offered by radios, checkboxes or a select.
    public struct Choice: Sendable, Equatable {
        /// What the form sends.
        public let value: String
        /// What the reader sees.
        public let label: String
        /// What the reader may need to know about this answer. A select doesn't show it.
        public let hint: String?
        /// A word shown before this answer to set it apart, usually "or".
        public let divider: String?
        /// Whether choosing this box clears the others, as for "None of these". Checkboxes only, with script;
        /// the server checks it again.
        public let exclusive: Bool

        /// An answer that is offered.
        public init(
            value: String, label: String, hint: String? = nil, divider: String? = nil, exclusive: Bool = false
        ) {
            self.value = value
            self.label = label
            self.hint = hint
            self.divider = divider
            self.exclusive = exclusive
        }

        /// An answer that is offered, written shortly.
        public init(_ value: String, _ label: String, hint: String? = nil) {
            self.init(value: value, label: label, hint: hint)
        }
    }

    /// One answer out of a few. None is chosen beforehand; ask what follows from the answer on the next page.
    public static func radios(
        _ name: String, legend: String, hint: String? = nil, options: [Choice], inline: Bool = false,
        small: Bool = false, legendSize: LabelSize = .normal, legendIsHeading: Bool = false, in answers: Answers
    ) -> HTML {
        let chosen = answers[name].isEmpty ? [] : [answers[name]]
        let classes = classes(["govuk-radios", inline ? "govuk-radios--inline" : nil,
                               small ? "govuk-radios--small" : nil])
        let items = choiceItems(name, kind: .radio, options: options, chosen: chosen)
        let field = Field(name, hint: hint, in: answers)
        return choiceGroup(field, legend: legend, size: legendSize, isHeading: legendIsHeading, """
            <div class="\(classes)" data-module="govuk-radios">\(items)</div>
            """)
    }

    /// Any number of answers out of a few.
    public static func checkboxes(
        _ name: String, legend: String, hint: String? = nil, options: [Choice], small: Bool = false,
        legendSize: LabelSize = .normal, legendIsHeading: Bool = false, in answers: Answers
    ) -> HTML {
        let classes = classes(["govuk-checkboxes", small ? "govuk-checkboxes--small" : nil])
        let items = choiceItems(name, kind: .checkbox, options: options, chosen: answers.all(name))
        let field = Field(name, hint: hint, in: answers)
        return choiceGroup(field, legend: legend, size: legendSize, isHeading: legendIsHeading, """
            <div class="\(classes)" data-module="govuk-checkboxes">\(items)</div>
            """)
    }

    private enum ChoiceKind: String {
        case radio, checkbox
        var block: String { self == .radio ? "govuk-radios" : "govuk-checkboxes" }
    }

    private static func choiceGroup(
        _ field: Field, legend: String, size: LabelSize, isHeading: Bool, _ items: HTML
    ) -> HTML {
        field.group(fieldset(
            legend: legend, size: size, isHeading: isHeading, describedBy: field.describedBy,
            "\(field.guidance)\(items)"))
    }

    /// Ids are the name, then name-2, name-3 and so on; a divider takes a number too, as in GOV.UK Frontend.
    private static func choiceItems(
        _ name: String, kind: ChoiceKind, options: [Choice], chosen: [String]
    ) -> HTML {
        var items: [HTML] = []
        items.reserveCapacity(options.count)
        var position = 0
        for option in options {
            if let divider = option.divider {
                position += 1
                items.append("<div class=\"\(kind.block)__divider\">\(divider)</div>")
            }
            position += 1
            let id = position == 1 ? name : "\(name)-\(position)"
            items.append(choiceItem(name, id: id, kind: kind, option, checked: chosen.contains(option.value)))
        }
        return HTML.joined(items)
    }

    private static func choiceItem(
        _ name: String, id: String, kind: ChoiceKind, _ option: Choice, checked: Bool
    ) -> HTML {
        let hint = option.hint.map { text -> HTML in
            "<div id=\"\(id)-item-hint\" class=\"govuk-hint \(kind.block)__hint\">\(text)</div>"
        }
        let describedBy = option.hint.map { _ in "\(id)-item-hint" }
        let behaviour = option.exclusive && kind == .checkbox ? "exclusive" : nil
        return """
            <div class="\(kind.block)__item">\
            <input class="\(kind.block)__input" id="\(id)" name="\(name)" type="\(kind.rawValue)" \
            value="\(option.value)"\(flag: "checked", on: checked)\(attribute: "data-behaviour", behaviour)\
            \(attribute: "aria-describedby", describedBy)>\
            <label class="govuk-label \(kind.block)__label" for="\(id)">\(option.label)</label>\(hint)</div>
            """
    }
}
