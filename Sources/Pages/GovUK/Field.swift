/// The parts that every control shares: the ids, the hint, the error and the group around them.
struct Field {
    let id: String
    let hint: String?
    let error: String?

    init(_ name: String, hint: String?, in answers: Answers) {
        self.init(id: name, hint: hint, error: answers.error(for: name))
    }

    init(id: String, hint: String?, error: String?) {
        self.id = id
        self.hint = hint
        self.error = error
    }

    /// The ids of what describes the control, hint first.
    var describedBy: String? {
        switch (hint, error) {
        case (nil, nil): nil
        case (_, nil): "\(id)-hint"
        case (nil, _): "\(id)-error"
        case (_, _): "\(id)-hint \(id)-error"
        }
    }

    /// The hint and the error, in the order in which they are shown.
    var guidance: HTML {
        let errorMessage = error.map { GovUK.errorMessage($0, id: "\(id)-error") }
        return "\(hint.map { GovUK.hint($0, id: "\(id)-hint") })\(errorMessage)"
    }

    /// The group around the control, marked when something is wrong.
    func group(_ content: HTML, extraClass: String? = nil, attributes: HTML = .empty) -> HTML {
        let classes = GovUK.classes(["govuk-form-group", error.map { _ in "govuk-form-group--error" }, extraClass])
        return "<div class=\"\(classes)\"\(attributes)>\(content)</div>"
    }
}

extension GovUK {
    /// A hint below a label or legend; the control refers to its id by `aria-describedby`.
    public static func hint(_ text: String, id: String) -> HTML {
        "<div id=\"\(id)\" class=\"govuk-hint\">\(text)</div>"
    }

    /// What is wrong with an answer, shown above its control.
    public static func errorMessage(_ message: String, id: String? = nil) -> HTML {
        """
        <p\(attribute: "id", id) class="govuk-error-message">\
        <span class="govuk-visually-hidden">Error:</span> \(message)</p>
        """
    }

    /// A label, inside an `h1` when it is the page's heading.
    static func label(_ text: String, for id: String, size: LabelSize, isHeading: Bool) -> HTML {
        let modifier = size == .normal ? nil : "govuk-label\(size.modifier)"
        let label: HTML = "<label class=\"\(classes(["govuk-label", modifier]))\" for=\"\(id)\">\(text)</label>"
        return isHeading ? "<h1 class=\"govuk-label-wrapper\">\(label)</h1>" : label
    }

    /// The names that are there, with a space between them.
    static func classes(_ names: [String?]) -> String {
        var list = ""
        for case let name? in names { list += list.isEmpty ? name : " \(name)" }
        return list
    }
}
