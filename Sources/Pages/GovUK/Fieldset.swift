extension GovUK {
    /// Controls that answer one question together, under a legend.
    public static func fieldset(
        legend: String, size: LabelSize = .normal, isHeading: Bool = false, describedBy: String? = nil,
        role: String? = nil, _ content: HTML
    ) -> HTML {
        """
        <fieldset class="govuk-fieldset"\(attribute: "role", role)\(attribute: "aria-describedby", describedBy)>\
        \(self.legend(legend, size: size, isHeading: isHeading))\(content)</fieldset>
        """
    }

    private static func legend(_ text: String, size: LabelSize, isHeading: Bool) -> HTML {
        let modifier = size == .normal ? nil : "govuk-fieldset__legend\(size.modifier)"
        let heading: HTML = isHeading ? "<h1 class=\"govuk-fieldset__heading\">\(text)</h1>" : "\(text)"
        return "<legend class=\"\(classes(["govuk-fieldset__legend", modifier]))\">\(heading)</legend>"
    }
}
